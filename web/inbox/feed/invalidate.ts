import type { QueryKey } from '@tanstack/react-query';
import type { FeedEvent } from '../../../server/realtime/schema.ts';
import { queryClient } from '../queryClient.ts';

/**
 * What an event makes old beyond the pieces that are folded: `[event type, query key]`. A place that shows
 * something of its own adds a line here, and is live.
 */
const table: [RegExp, (event: FeedEvent) => QueryKey][] = [
  [/^client\./, () => ['clients']],
  [/^(message|thread)\./, (event) => ['clients', event.ids.clientId ?? '', 'timeline']],
  [/^message\.(received|sent)$|^suggestion\./, (event) => ['suggestions', event.ids.threadId ?? '']],
  [/^thread\.tagged$/, () => ['tags']],
  [/^promise\./, () => ['promises']],
  // Whom a question is for may not know its thread: they are told by an alert.
  [/^(request|notification)\./, () => ['requests']],
  [/^call\./, () => ['calls']],
  [/^notification\./, () => ['alerts']],
  [/^channel\./, () => ['channels']],
  [/^article\./, () => ['articles']],
  [/^answer\./, () => ['learning']],
  [/^catalogue\./, () => ['catalogue']],
  [/^user\./, () => ['users']],
  [/^presence\./, () => ['presence']],
  [/^absence\./, () => ['absences']],
  [/^absence\./, () => ['presence']],
  [/^targets\./, () => ['targets']],
  [/^setting\./, () => ['routing']],
  [/^(thread|target|request)\.|^message\.received$/, (event) => ['way', event.ids.threadId ?? '']],
  [/^message\.received$|^reason\./, (event) => ['reasons', 'thread', event.ids.threadId ?? '']],
  [/^message\.(sent|released)$|^delivery\.undone$/, () => ['reports']],
];

/** A burst of events asks once for each thing, and only for what is on the screen. */
export function invalidateFor(events: FeedEvent[]): void {
  const keys = new Map<string, QueryKey>();
  for (const event of events)
    for (const [pattern, keyOf] of table)
      if (pattern.test(event.type)) {
        const key = keyOf(event);
        keys.set(JSON.stringify(key), key);
      }
  for (const queryKey of keys.values()) void queryClient.invalidateQueries({ queryKey });
}
