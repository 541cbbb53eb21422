/** A running clock: 4:07, 1:02:09, and in days 2d 3:04. Digits by locale, always left to right. */
export function runningClock(ms: number, locale: string): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const plain = new Intl.NumberFormat(locale, { useGrouping: false });
  const two = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2, useGrouping: false });
  if (days > 0) {
    const day = new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'narrow' }).format(days);
    return `${day} ${plain.format(hours)}:${two.format(minutes)}`;
  }
  const rest = `${hours > 0 ? two.format(minutes) : plain.format(minutes)}:${two.format(seconds % 60)}`;
  return hours > 0 ? `${plain.format(hours)}:${rest}` : rest;
}
