import type { Reader } from '../db/tx.ts';
import type { DatedPolicy } from './aim.ts';
import { storeHours, weekHours } from './calendar.ts';
import { always, type WorkingHours } from './clock.ts';
import type { EditCalendar, Policy } from './schema.ts';

/** Policies and working hours, read once for as many threads as a transaction touches. */
export interface TargetRules {
  policies: DatedPolicy[];
  /** The hours that count at a place: the team's, else the store's own or its opening hours, else the company's, else always. */
  hoursAt(place: { teamId: string | null; storeId: string | null }): WorkingHours;
  /** Where "Monday, nine o'clock" is meant when no store is named: the company's own, else that of most of its stores, else UTC. */
  timezone: string;
}

/**
 * Reads what targets need.
 * @param only.policies leaves the calendars out when no policy works by them (the way in, where every statement counts)
 */
export async function loadRules(
  reader: Reader,
  only: { policies: boolean } = { policies: false },
): Promise<TargetRules> {
  const policies = await reader.$queryRaw<DatedPolicy[]>`
    SELECT id, "seriesId", name, position, "channelKind", "channelId", level, "teamId", "storeId", tag, "firstMs", "nextMs", "resolutionMs",
      time, "warnShare", "pauseForClient", escalations, "validFrom", "validUntil"
    FROM target_policy`;
  if (only.policies && policies.every((policy) => policy.time === 'clock'))
    return { policies, hoursAt: () => always, timezone: 'UTC' };
  return { policies, ...(await loadHours(reader)) };
}

/** Working hours of every place. */
export async function loadHours(reader: Reader): Promise<Pick<TargetRules, 'hoursAt' | 'timezone'>> {
  const calendars = await reader.$queryRaw<({ holderKind: string; holderId: string | null } & EditCalendar)[]>`
    SELECT "holderKind", "holderId", name, timezone, week, holidays, exceptions FROM calendar WHERE "holderKind" <> 'user'`;
  const stores = await reader.$queryRaw<{ id: string; timezone: string; hours: string; holidays: string[] }[]>`
    SELECT id, timezone, hours, holidays FROM store`;
  const byHolder = new Map(calendars.map((row) => [`${row.holderKind}:${row.holderId ?? ''}`, weekHours(row)]));
  const byStore = new Map(stores.map((row) => [row.id, row]));
  const company = byHolder.get('company:');
  const ofStores = new Map<string, WorkingHours | null>();
  const ofStore = (storeId: string): WorkingHours | null => {
    const known = ofStores.get(storeId);
    if (known !== undefined) return known;
    const store = byStore.get(storeId);
    const hours =
      byHolder.get(`store:${storeId}`) ?? (store === undefined || store.hours === '' ? null : storeHours(store));
    ofStores.set(storeId, hours);
    return hours;
  };
  return {
    timezone: company?.timezone ?? mostCommon(stores.map((store) => store.timezone)) ?? 'UTC',
    hoursAt: ({ teamId, storeId }) =>
      (teamId === null ? undefined : byHolder.get(`team:${teamId}`)) ??
      (storeId === null ? null : ofStore(storeId)) ??
      company ??
      always,
  };
}

/** Of two that are as common, the first by name. */
function mostCommon(values: readonly string[]): string | null {
  const times = new Map<string, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  const [first] = [...times].sort(([a, n], [b, m]) => m - n || a.localeCompare(b));
  return first?.[0] ?? null;
}

/** A policy as the wire carries it. */
export function presentPolicy(row: DatedPolicy): Policy {
  return { ...row, validFrom: row.validFrom.toISOString(), validUntil: row.validUntil?.toISOString() ?? null };
}
