import { setTimeout as pause } from 'node:timers/promises';
import type { CallEvent } from '../calls/schema.ts';
import { newId } from '../lib/id.ts';
import type { Log } from '../lib/log.ts';
import { signedHeaders } from '../lib/signed.ts';
import type { Chance } from './chance.ts';
import type { DemoData } from './data.ts';

/** What the demo store's telephone exchange and Parley both know. */
export const EXCHANGE_SECRET = 'tideline-rings-and-parley-hears-it';

/** The first call comes soon, so that a newcomer sees one ring. */
const FIRST_PAUSE_S = 75;
const PAUSE_S = [240, 480] as const;
const RINGS_S = [14, 26] as const;
const TALKS_S = [40, 120] as const;

/** Tells Parley of a call as an exchange does, signed. @throws Error when it is refused */
export async function tellCall(
  publicUrl: string,
  channelId: string,
  event: Pick<CallEvent, 'callId' | 'event' | 'phone' | 'at'> & { user?: string },
): Promise<void> {
  const text = JSON.stringify(event);
  const answer = await fetch(`${publicUrl}/api/v1/calls/events/${channelId}`, {
    method: 'POST',
    headers: signedHeaders(EXCHANGE_SECRET, text),
    body: text,
  });
  if (!answer.ok) throw new Error(`the call was not taken: ${await answer.text()}`);
}

/** Now and then a client calls; every other call a colleague takes, the others nobody does. Until `signal` aborts. */
export async function keepCalling(
  publicUrl: string,
  channelId: string,
  { company }: DemoData,
  luck: Chance,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const callers = company.clients.flatMap(({ phone }) => phone ?? []);
  const takers = company.staff.filter(({ role }) => role === 'manager').slice(1);
  const wait = (seconds: number) => pause(seconds * 1000, undefined, { signal }).catch(() => undefined);
  await wait(FIRST_PAUSE_S);
  for (let calls = 0; !signal.aborted; calls++) {
    const call = { callId: newId(), phone: luck.of(callers) };
    const tell = (event: CallEvent['event'], user?: string) =>
      tellCall(publicUrl, channelId, { ...call, event, at: new Date().toISOString(), ...(user && { user }) });
    try {
      await tell('ringing');
      await wait(luck.between(...RINGS_S));
      if (calls % 2 === 0) await tell('missed');
      else {
        await tell('answered', luck.of(takers).email);
        await wait(luck.between(...TALKS_S));
        await tell('ended');
      }
    } catch (error) {
      if (!signal.aborted) log.warn({ error: String(error) }, 'a simulated caller gave up');
    }
    await wait(luck.between(...PAUSE_S));
  }
}
