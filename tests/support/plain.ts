/** Plain arithmetic that reports are held against: no histogram, no SQL. */

export interface Wait {
  userId: string;
  storeId: string | null;
  channelId: string;
  measure: 'first' | 'next';
  askedAt: Date;
  answeredAt: Date;
  clockMs: number;
  workingMs: number;
  targetMs: number | null;
  lateMs: number | null;
}

export interface PlainFigures {
  n: number;
  medianMs: number | null;
  p90Ms: number | null;
  withinTarget: number | null;
  late: number;
  lateMsMedian: number | null;
}

/** Figures of waits by a key, from sorted lists. */
export function recount(
  waits: Wait[],
  keyOf: (wait: Wait) => string,
  time: 'clock' | 'working',
): Map<string, PlainFigures> {
  const groups = new Map<string, Wait[]>();
  for (const wait of waits) groups.set(keyOf(wait), [...(groups.get(keyOf(wait)) ?? []), wait]);
  return new Map(
    [...groups].map(([key, list]) => {
      const took = list.map((wait) => (time === 'clock' ? wait.clockMs : wait.workingMs));
      const late = list.map((wait) => wait.lateMs ?? 0).filter((ms) => ms > 0);
      const targeted = list.filter((wait) => wait.targetMs !== null);
      return [
        key,
        {
          n: list.length,
          medianMs: percentile(took, 0.5),
          p90Ms: percentile(took, 0.9),
          withinTarget:
            targeted.length === 0 ? null : targeted.filter((wait) => wait.lateMs === 0).length / targeted.length,
          late: late.length,
          lateMsMedian: percentile(late, 0.5),
        },
      ];
    }),
  );
}

/** The continuous percentile of whole seconds, in milliseconds. */
function percentile(values: number[], p: number): number | null {
  if (values.length === 0) return null;
  const seconds = values.map((ms) => Math.floor(ms / 1000)).sort((a, b) => a - b);
  const place = p * (seconds.length - 1);
  const low = seconds[Math.floor(place)] ?? 0;
  const high = seconds[Math.ceil(place)] ?? 0;
  return Math.round((low + (high - low) * (place - Math.floor(place))) * 1000);
}
