import type { TFunction } from 'i18next';
import type { Channel } from '../../../../server/channels/schema.ts';
import { ago, count } from '../../../shared/ui/format.ts';
import type { Tone } from '../../page/Badge.tsx';

/** How a connected account is, in words. */
export interface HealthWords {
  /** One word for the badge, and its tone. */
  state: string;
  tone: Tone;
  /** Short facts: last letter, how much is here. */
  facts: string[];
  /** What is wrong and since when, one sentence each way; none when nothing is. */
  troubles: string[];
}

/** Puts a channel's health into words. `now` ms. */
export function healthWords(channel: Channel, t: TFunction<'settings'>, locale: string, now: number): HealthWords {
  const { health, kind } = channel;
  const facts: string[] = [];
  const thing = kind === 'email' ? 'letter' : 'message';
  facts.push(
    health.lastReceivedAt === null
      ? t(`health.${thing}.never`)
      : t(`health.${thing}.last`, { ago: ago(health.lastReceivedAt, locale, now) }),
  );
  if (health.remoteCount !== null)
    facts.push(
      t('health.ofRemote', { stored: count(health.storedCount, locale), remote: count(health.remoteCount, locale) }),
    );
  else if (health.storedCount > 0) facts.push(t('health.stored', { stored: count(health.storedCount, locale) }));
  if (health.lastCheckedAt !== null && health.state === 'ok' && kind !== 'chat')
    facts.push(t('health.checked', { ago: ago(health.lastCheckedAt, locale, now) }));
  const { sending } = health;
  if (sending.waiting > 0) facts.push(t('health.waiting', { count: sending.waiting }));
  const failing = health.state === 'retrying' || health.state === 'failed';
  // What goes out may be in trouble alone, or both ways.
  const sendsNot = sending.failingSince !== null && !channel.paused;
  const onlySending = sendsNot && health.error === sending.error;
  const troubles: string[] = [];
  const since = (at: string | null) => (at === null ? '' : t('health.since', { ago: ago(at, locale, now) }));
  if (failing && !onlySending)
    troubles.push([health.error ?? t('health.noReason'), since(health.failingSince)].filter(Boolean).join(' · '));
  if (sendsNot)
    troubles.push(
      [
        t('health.sendFails', { error: isolated(sending.error ?? t('health.noReason')) }),
        since(sending.failingSince),
      ].join(' · '),
    );
  return {
    state: onlySending ? t('health.notSending') : t(`health.state.${health.state}`),
    tone: { ok: 'green', connecting: 'plain', retrying: 'amber', failed: 'red', paused: 'plain' }[health.state] as Tone,
    facts,
    troubles,
  };
}

/** The far side's words keep their own direction within ours (UAX #9, FSI and PDI). */
function isolated(words: string): string {
  return `\u2068${words}\u2069`;
}
