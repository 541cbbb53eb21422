import { useQuery } from '@tanstack/react-query';
import type { Absence, AbsenceSummary, NewAbsence } from '../../../server/absence/schema.ts';
import { get, post, remove } from '../../shared/api.ts';
import { queryClient } from '../queryClient.ts';

const key = ['absences'];

/** Who is, will be and was away, newest first. */
export function useAbsences() {
  return useQuery({
    queryKey: [...key, 'all'],
    queryFn: async ({ signal }) => (await get<{ items: Absence[] }>('/absences', undefined, signal)).items,
  });
}

/** The hand-over of one absence, and what happened meanwhile. */
export function useAbsence(id: string) {
  return useQuery({
    queryKey: [...key, id],
    queryFn: ({ signal }) => get<AbsenceSummary>(`/absences/${id}`, undefined, signal),
  });
}

export async function planAbsence(absence: Partial<NewAbsence>): Promise<Absence> {
  const made = await post<Absence>('/absences', absence);
  await queryClient.invalidateQueries({ queryKey: key });
  return made;
}

/** Back, or not going at all. */
export async function endAbsence(id: string): Promise<void> {
  await remove(`/absences/${id}`);
  await queryClient.invalidateQueries({ queryKey: key });
}
