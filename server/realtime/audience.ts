import type { EventScope, ThreadPlace } from '../events/catalogue.ts';
import { maySeeThread, type Viewer } from '../users/viewer.ts';

/** Whether a viewer may know an event; `left` when a thread went out of their sight by it. */
export function mayKnow(viewer: Viewer, scope: EventScope): 'yes' | 'left' | 'no' {
  if (scope.userId !== undefined) return scope.userId === viewer.userId ? 'yes' : 'no';
  if (scope.thread === undefined) return 'yes';
  if (maySeeThread(viewer, scope.thread)) return 'yes';
  return scope.before !== undefined && maySeeThread(viewer, scope.before) ? 'left' : 'no';
}

/** The socket rooms of a viewer; roomsOf(scope) meets them exactly when mayKnow says yes. */
export function roomsFor(viewer: Viewer): string[] {
  const rooms = ['staff', `user:${viewer.userId}`];
  if (viewer.role !== 'consultant') return [...rooms, 'threads'];
  return [
    ...rooms,
    'unclaimed',
    ...viewer.teamIds.map((id) => `team:${id}`),
    ...viewer.storeIds.map((id) => `store:${id}`),
    `assignee:${viewer.userId}`,
    ...(viewer.standsInFor ?? []).map((id) => `assignee:${id}`),
  ];
}

/** The rooms that an event goes to. */
export function roomsOf(scope: EventScope): string[] {
  if (scope.userId !== undefined) return [`user:${scope.userId}`];
  if (scope.thread === undefined) return ['staff'];
  return ['threads', ...placeRooms(scope.thread)];
}

/** The rooms from which a thread went away. */
export function roomsLeft(scope: EventScope): string[] {
  if (scope.thread === undefined || scope.before === undefined) return [];
  const now = new Set(placeRooms(scope.thread));
  return placeRooms(scope.before).filter((room) => !now.has(room));
}

function placeRooms(place: ThreadPlace): string[] {
  const rooms: string[] = [];
  if (place.assigneeId !== null) rooms.push(`assignee:${place.assigneeId}`);
  if (place.teamId !== null) rooms.push(`team:${place.teamId}`);
  if (place.storeId !== null) rooms.push(`store:${place.storeId}`);
  if (place.assigneeId === null && place.teamId === null && place.storeId === null) rooms.push('unclaimed');
  return rooms;
}
