import type { FeedEvent } from '../../../server/realtime/schema.ts';
import { threadOf } from '../../shared/applyEvent.ts';

/** What the decision looks at. */
export interface Ears {
  meId: string;
  /** The preference. */
  sounds: boolean;
  /** The thread open here while the page is really looked at; null otherwise. */
  seeing: string | null;
  now: Date;
}

/** Older news than this is caught up, not told, ms. */
const FRESH_MS = 60_000;
/** Pure: whether a burst of events holds something to be heard: a person wrote in a thread of this user, or an alert. */
export function isHeard(events: FeedEvent[], { meId, sounds, seeing, now }: Ears): boolean {
  if (!sounds) return false;
  return events.some((event) => {
    if (now.getTime() - Date.parse(event.at) > FRESH_MS) return false;
    if (event.type === 'notification.made') return true;
    if (event.type !== 'message.received' || event.ids.threadId === seeing) return false;
    return threadOf(event)?.assigneeId === meId && event.patch.classification === 'person';
  });
}
