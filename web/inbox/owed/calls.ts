import i18next from 'i18next';
import type { Call } from '../../../server/calls/schema.ts';
import { post, remove } from '../../shared/api.ts';
import { offerUndo } from '../../shared/ui/undo.tsx';

/** Logs a call, and offers to take it back. */
export async function logCall(
  to: { threadId: string } | { clientId: string },
  talked: boolean,
  note = '',
): Promise<void> {
  const call = await post<Call>('/calls', { ...to, talked, note });
  offerUndo(i18next.t(talked ? 'inbox:call.loggedTalked' : 'inbox:call.loggedVain'), () => remove(`/calls/${call.id}`));
}
