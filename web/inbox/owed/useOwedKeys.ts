import i18next from 'i18next';
import type { ClientPromise, PromiseKind } from '../../../server/promises/schema.ts';
import { post } from '../../shared/api.ts';
import { showError } from '../../shared/ui/problem.ts';
import { offerUndo } from '../../shared/ui/undo.tsx';
import { useMay } from '../me/queries.ts';
import { queryClient } from '../queryClient.ts';
import { useKeys } from '../shell/keys.ts';
import { type Moment, moments } from '../thread/moments.ts';
import { logCall } from './calls.ts';
import { settle } from './queries.ts';

/** `p` and a letter promise at once, for when it is usually meant. */
const quick: { key: string; kind: PromiseKind; at: Moment['name'] }[] = [
  { key: 'c', kind: 'callBack', at: 'tomorrow' },
  { key: 'q', kind: 'quote', at: 'tomorrow' },
  { key: 'v', kind: 'visit', at: 'monday' },
  { key: 'h', kind: 'hold', at: 'tomorrow' },
  { key: 'f', kind: 'findOut', at: 'hour' },
];

/** Promises and calls (`p t` talked, `p n` nobody answered) in two keys, from a thread or from a client's page; each can be taken back. */
export function useOwedKeys(to: { threadId: string } | { clientId: string } | null): void {
  const may = useMay();
  const make = async ({ kind, at }: (typeof quick)[number]) => {
    const due = moments(new Date()).find((moment) => moment.name === at)?.at;
    if (to === null || due === undefined || !may('threads.write')) return;
    const made = await post<ClientPromise>('/promises', { ...to, kind, text: '', dueAt: due.toISOString() });
    await queryClient.invalidateQueries({ queryKey: ['promises'] });
    offerUndo(
      i18next.t('inbox:owed.made', {
        what: i18next.t(`inbox:owed.kind.${kind}`),
        when: i18next.t(`inbox:moment.${at}`),
      }),
      () => settle(made.id, 'cancelled'),
    );
  };
  const called = (talked: boolean) => () => {
    if (to !== null && may('threads.write')) void logCall(to, talked).catch(showError);
  };
  useKeys([
    ...quick.map((one) => ({ keys: `p ${one.key}`, run: () => void make(one).catch(showError) })),
    { keys: 'p t', run: called(true) },
    { keys: 'p n', run: called(false) },
  ]);
}
