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

/** Two soft notes, a fifth of a second. */
export function chime(): void {
  const context = new AudioContext();
  const loudness = context.createGain();
  loudness.connect(context.destination);
  const start = context.currentTime;
  loudness.gain.setValueAtTime(0.08, start);
  loudness.gain.exponentialRampToValueAtTime(0.001, start + 0.3);
  for (const [hertz, after] of [
    [660, 0],
    [880, 0.09],
  ] as const) {
    const note = context.createOscillator();
    note.frequency.value = hertz;
    note.connect(loudness);
    note.start(start + after);
    note.stop(start + 0.3);
    note.onended = () => context.state !== 'closed' && after > 0 && void context.close();
  }
}
