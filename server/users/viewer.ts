import type { ThreadPlace } from '../events/catalogue.ts';
import type { Role } from './schema.ts';

/** Who asks: what decides what they may see. */
export interface Viewer {
  userId: string;
  role: Role;
  storeIds: readonly string[];
  teamIds: readonly string[];
  /** Absent colleagues whom they stand in for now. */
  standsInFor?: readonly string[];
}

/** Whether a viewer may see a thread at that place. Consultants see their own, their teams', their stores' and what is nobody's yet. */
export function maySeeThread(viewer: Viewer, place: ThreadPlace): boolean {
  if (viewer.role !== 'consultant') return true;
  if (place.assigneeId === viewer.userId) return true;
  if (place.assigneeId !== null && viewer.standsInFor?.includes(place.assigneeId) === true) return true;
  if (place.teamId !== null && viewer.teamIds.includes(place.teamId)) return true;
  if (place.storeId !== null) return viewer.storeIds.includes(place.storeId);
  return place.assigneeId === null && place.teamId === null;
}
