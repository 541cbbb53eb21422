import { moment } from '../../consult/answer/facts.ts';
import { say } from '../../consult/phrases/table.ts';
import type { SpokenLanguage } from '../../consult/understand/lexicon.ts';
import type { Tx } from '../../db/tx.ts';
import { arrange } from '../../promises/arrange.ts';
import { holdOf } from '../../promises/hold.ts';
import { deadlineAfter, isWorking, nextOpening } from '../../targets/clock.ts';
import { loadHours } from '../../targets/rules.ts';
import type { SummaryRow } from '../../threads/rows.ts';
import { readBotSettings } from '../settings.ts';
import { BOT_WORDS } from '../words/spoken.ts';
import { type ClaimFacts, keepFlow } from './flow.ts';
import type { ClaimPart } from './next.ts';

/** What the bot arranges, each as a promise with an owner and a due time. Answers what the client is told. */
export interface Arranging {
  tx: Tx;
  thread: SummaryRow;
  /** The store that is meant when none is named. */
  storeId: string | null;
  language: SpokenLanguage;
  now: Date;
}

const dayMs = 24 * 60 * 60_000;
/** A product without a date of return is awaited this long. */
const awaitedMs = 60 * dayMs;

/** The store is asked to keep one, within its working time. */
export async function arrangeHold(work: Arranging, productId: string, storeId: string): Promise<string> {
  const { tx, thread, language, now } = work;
  // One after the other: a transaction has one connection.
  const product = await tx.product.findUniqueOrThrow({ where: { id: productId } });
  const store = await tx.store.findUniqueOrThrow({ where: { id: storeId } });
  const settings = await readBotSettings(tx);
  const hours = await loadHours(tx);
  const working = hours.hoursAt({ teamId: null, storeId });
  const confirmBy = deadlineAfter(working, now, settings.confirmHoldMs) ?? new Date(now.getTime() + dayMs);
  if ((await holdOf(tx, thread.id, productId)) === null)
    await arrange(
      tx,
      {
        clientId: thread.clientId,
        threadId: thread.id,
        kind: 'hold',
        text: product.name,
        storeId,
        productId,
        dueAt: confirmBy,
        confirmBy,
        language,
      },
      now,
    );
  await keepFlow(tx, thread.id, null, now);
  const opens = isWorking(working, now) ? null : nextOpening(working, now);
  const w = BOT_WORDS[language];
  return say(opens === null ? w.holdAsked : w.holdAskedLater, {
    store: store.name,
    product: product.name,
    time: moment(confirmBy, now, store.timezone, language),
    opens: opens === null ? '' : moment(opens, now, store.timezone, language),
  });
}

/** Somebody wants to know when a product is back: an import of offers tells them. */
export async function arrangeTelling(work: Arranging, productId: string, storeId: string | null): Promise<string> {
  const { tx, thread, language, now } = work;
  const product = await tx.product.findUniqueOrThrow({ where: { id: productId } });
  const eta = Date.parse(String((product.attributes as Record<string, unknown>).restock_eta ?? ''));
  const dueAt = eta > now.getTime() ? new Date(eta + dayMs) : new Date(now.getTime() + awaitedMs);
  const held = await tx.clientPromise.findFirst({
    where: { threadId: thread.id, productId, kind: 'tellWhenBack', state: 'open' },
  });
  if (held === null)
    await arrange(
      tx,
      {
        clientId: thread.clientId,
        threadId: thread.id,
        kind: 'tellWhenBack',
        text: product.name,
        storeId,
        productId,
        dueAt,
        language,
      },
      now,
    );
  await keepFlow(tx, thread.id, null, now);
  return say(BOT_WORDS[language].tellSet, { product: product.name });
}

/** A call, or an answer at an address left out of hours. */
export async function arrangeReaching(
  work: Arranging,
  contact: string,
  kind: 'call' | 'answer',
  question: string,
): Promise<string> {
  const { tx, thread, language, now } = work;
  const { dueAt, timezone } = await dueAtWork(work);
  await arrange(
    tx,
    {
      clientId: thread.clientId,
      threadId: thread.id,
      kind: kind === 'call' || !contact.includes('@') ? 'callBack' : 'findOut',
      text: `${contact}: ${question}`.slice(0, 500),
      storeId: work.storeId,
      productId: null,
      dueAt,
      language,
      contact,
    },
    now,
  );
  await keepFlow(tx, thread.id, null, now);
  const w = BOT_WORDS[language];
  return say(kind === 'call' ? w.callSet : w.contactKept, {
    phone: contact,
    contact,
    time: moment(dueAt, now, timezone, language),
  });
}

/** A claim with what the client gave, as a promise to answer it. Nothing is decided here. */
export async function arrangeClaim(work: Arranging, facts: ClaimFacts): Promise<string> {
  const { tx, thread, language, now } = work;
  const { dueAt, timezone } = await dueAtWork(work);
  await arrange(
    tx,
    {
      clientId: thread.clientId,
      threadId: thread.id,
      kind: 'findOut',
      text: claimText(facts).slice(0, 2000),
      storeId: work.storeId,
      productId: null,
      dueAt,
      language,
    },
    now,
  );
  await keepFlow(tx, thread.id, null, now);
  return say(BOT_WORDS[language].claimKept, { time: moment(dueAt, now, timezone, language) });
}

/** A claim as the colleagues read it. */
export function claimText(facts: ClaimFacts): string {
  return [
    'Claim.',
    `Device: ${facts.device ?? '–'}.`,
    `IMEI: ${facts.imei ?? '–'}.`,
    `Defect: ${facts.defect ?? '–'}`,
    `Photos: ${facts.photos}.`,
    `Wanted: ${facts.remedy ?? '–'}`,
  ].join('\n');
}

export function missingText(language: SpokenLanguage, missing: readonly ClaimPart[]): string {
  const w = BOT_WORDS[language];
  return say(w.claimMissing, { list: missing.map((part) => w[part]).join(', ') });
}

/** By when a colleague has answered: within the working time that the store allows itself. */
async function dueAtWork({ tx, thread, storeId, now }: Arranging): Promise<{ dueAt: Date; timezone: string }> {
  const settings = await readBotSettings(tx);
  const hours = (await loadHours(tx)).hoursAt({ teamId: thread.teamId, storeId });
  const dueAt = deadlineAfter(hours, now, settings.reachMs) ?? new Date(now.getTime() + dayMs);
  return { dueAt, timezone: hours.timezone };
}
