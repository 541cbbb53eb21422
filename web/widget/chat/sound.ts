import { chime } from '../../shared/ui/chime.ts';
import type { Keep } from './outbox.ts';

const key = 'parley:sound';

/** Whether a new message is heard; off until the visitor turns it on. */
export function isSoundOn(storage: Pick<Keep, 'getItem'>): boolean {
  return storage.getItem(key) === 'on';
}

export function setSound(storage: Pick<Keep, 'setItem'>, on: boolean): void {
  storage.setItem(key, on ? 'on' : 'off');
  if (on) chime();
}
