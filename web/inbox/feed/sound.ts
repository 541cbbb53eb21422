import type { FeedEvent } from '../../../server/realtime/schema.ts';
import { chime } from '../../shared/ui/chime.ts';
import { type Ears, isHeard } from './heard.ts';

/** A burst is one tone, ms. */
const PAUSE_MS = 3000;

let toldAt = Number.NEGATIVE_INFINITY;

/** Plays the tone when it is due, at most once in three seconds. */
export function sound(events: FeedEvent[], ears: Ears): void {
  if (!isHeard(events, ears) || ears.now.getTime() - toldAt < PAUSE_MS) return;
  toldAt = ears.now.getTime();
  // Before the first click on the page a browser refuses, and queues the tone for then: too late to mean anything.
  if (navigator.userActivation?.hasBeenActive !== false) chime();
}
