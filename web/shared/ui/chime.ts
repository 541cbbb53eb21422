/** Two soft notes, a third of a second; the browser keeps them silent until the page was once clicked or typed in. */
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
