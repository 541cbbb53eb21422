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
  /** What is wrong and since when; null when nothing is. */
  trouble: string | null;
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
  const failing = health.state === 'retrying' || health.state === 'failed';
  const since = health.failingSince === null ? '' : t('health.since', { ago: ago(health.failingSince, locale, now) });
  return {
    state: t(`health.state.${health.state}`),
    tone: { ok: 'green', connecting: 'plain', retrying: 'amber', failed: 'red', paused: 'plain' }[health.state] as Tone,
    facts,
    trouble: failing ? [health.error ?? t('health.noReason'), since].filter(Boolean).join(' · ') : null,
  };
}
