import type { ChannelKind, Classification } from '../channels/channel.ts';

/** What is known of a thread that a message could belong to. */
export interface Candidate {
  threadId: string;
  clientId: string;
  status: 'open' | 'snoozed' | 'closed';
  /**
   * How it was found; several rows may speak of one thread. `answered`: a message here names this one, so it came late;
   * `sibling`: both name a third that is not here.
   */
  by: 'token' | 'reference' | 'answered' | 'sibling' | 'subject' | 'current';
  /** For a reference: its place in the message's list, 0 the nearest. */
  rank: number;
  /** The writer already takes part: an identity of the thread's client, addressed or heard in it, or on the list that it goes over. */
  participant: boolean;
}

export interface Arrival {
  channelKind: ChannelKind;
  classification: Classification;
  clientId: string | null;
  /** DMARC said that the address is forged. */
  forged: boolean;
}

export type Place = { threadId: string; by: Candidate['by'] } | { threadId: null };

/**
 * Which thread a message goes on in, else a new one. In this order: the signed address that only its receiver knows; a
 * referenced message, when the writer takes part in that thread (a stranger may quote our reference, and gets nowhere by
 * it); a message that names this one, or one that both name, by the same condition; for letters the same client's thread of the same subject while it is not closed; for chat and messengers the
 * client's thread that is not closed.
 */
export function continueThread(arrival: Arrival, candidates: readonly Candidate[]): Place {
  // A report comes from a mail server, which takes part in nothing, and belongs to the letter it reports on.
  const reports = reportKinds.has(arrival.classification);
  const known = candidates.filter(
    (candidate) =>
      candidate.participant || candidate.clientId === arrival.clientId || (reports && candidate.by === 'reference'),
  );
  const token = candidates.find((candidate) => candidate.by === 'token');
  if (token !== undefined) return { threadId: token.threadId, by: 'token' };
  if (arrival.forged) return { threadId: null };

  const nearest = (by: Candidate['by']) =>
    known.filter((candidate) => candidate.by === by).sort((a, b) => a.rank - b.rank)[0];
  const referenced = nearest('reference') ?? nearest('answered');
  if (referenced !== undefined) return { threadId: referenced.threadId, by: referenced.by };

  // A robot's letter joins only what it names.
  if (arrival.classification !== 'person' && arrival.classification !== 'calendar') return { threadId: null };

  const sibling = nearest('sibling');
  if (sibling !== undefined) return { threadId: sibling.threadId, by: 'sibling' };

  const alive = known.filter((candidate) => candidate.status !== 'closed' && candidate.clientId === arrival.clientId);
  const wanted = arrival.channelKind === 'email' ? 'subject' : 'current';
  const own = alive.find((candidate) => candidate.by === wanted);
  return own === undefined ? { threadId: null } : { threadId: own.threadId, by: wanted };
}

const reportKinds: ReadonlySet<Classification> = new Set(['bounce', 'delay', 'feedbackReport']);

/** Reply and forward marks of mail programs in the languages they come in. */
const marks =
  /^\s*(?:\[[^\]]{1,40}\]\s*)?(?:(?:re|r|aw|antw?|antwort|sv|vs|vá|vl|odp|ynt|yan|res|rif|ref|ενε?|απ|отв|на|ha|fwd?|fw|wg|tr|rv|enc|doorst|vb|pd|i|пересл|fwd|回复|回覆|答复|轉寄|转发|답장|전달|رد|پاسخ|ارسال|השב|העבר)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*)+/iu;

/** `[users]` of `Re: [users] Printing`, lower case: which discussion list a letter grew out of; null when none is named. */
export function listTag(subject: string | null): string | null {
  return /\[([\w.-]{2,40})\]/.exec(subject ?? '')?.[0].toLowerCase() ?? null;
}

/** What a list is known by beside its address: the tag that it puts into subjects. */
export function tagOfList(address: string): string {
  return `[${address.split('@')[0] ?? ''}]`;
}

/** A subject without reply marks, list tags, case and runs of space; empty when nothing is left to compare. */
export function normalSubject(subject: string | null): string {
  let rest = (subject ?? '').normalize('NFKC');
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(marks, '');
  }
  // PostgreSQL's JSON takes no half of a sign.
  return rest.replace(/\s+/g, ' ').trim().toLowerCase().slice(0, 300).toWellFormed();
}
