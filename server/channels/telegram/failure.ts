import { TelegramError } from 'telegraf';

/** What became of a call, as the sender and the receiver need to know it. */
export type Failure =
  /** Ask again, not before `afterMs`; null leaves the pause to the caller's back-off. */
  | { kind: 'again'; afterMs: number | null; words: string }
  /** This person cannot be written to. */
  | { kind: 'person'; words: string }
  /** The bot itself is unusable until somebody changes it. */
  | { kind: 'bot'; words: string }
  /** Another program reads the same bot, or a webhook does. */
  | { kind: 'conflict'; webhook: boolean; words: string }
  /** Telegram does not take this very message. */
  | { kind: 'message'; words: string };

/** Sorts what a Bot API call threw; the words are for people. Codes: core.telegram.org/api/errors and …/bots/api#making-requests. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof TelegramError)) {
    const aborted = error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
    const why = aborted ? 'no answer in time' : error instanceof Error ? error.message : String(error);
    return { kind: 'again', afterMs: null, words: `Telegram cannot be reached: ${withoutToken(why)}` };
  }
  const { code, description, parameters } = error;
  if (code === 429) {
    return {
      kind: 'again',
      afterMs: (parameters?.retry_after ?? 1) * 1000,
      words: 'Telegram asks to send more slowly',
    };
  }
  if (code >= 500) return { kind: 'again', afterMs: null, words: `Telegram has trouble: ${description}` };
  if (code === 401 || code === 404) {
    return { kind: 'bot', words: 'Telegram does not know this token; get a new one from @BotFather' };
  }
  if (code === 409) {
    const webhook = /webhook/i.test(description);
    return {
      kind: 'conflict',
      webhook,
      words: webhook
        ? 'A webhook is set for this bot, so it cannot be polled'
        : 'Another program is reading this bot; stop it or use another bot here',
    };
  }
  if (code === 403) {
    if (/blocked/i.test(description)) return { kind: 'person', words: 'The client has blocked the bot' };
    if (/deactivated/i.test(description))
      return { kind: 'person', words: 'The client has deleted the Telegram account' };
    return { kind: 'person', words: `Telegram does not let the bot write to this client: ${description}` };
  }
  if (/chat not found/i.test(description)) {
    return { kind: 'person', words: 'The client has never written to this bot, so it cannot write first' };
  }
  return { kind: 'message', words: `Telegram refused the message: ${description.replace(/^Bad Request: /, '')}` };
}

/** What the network says when a call never left: no address, no line. */
const neverLeft = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Whether Telegram may have carried out a call that threw so: its answer was lost on the way, or a gate before it gave up. */
export function maybeDone(error: unknown): boolean {
  if (error instanceof TelegramError) return error.code === 502 || error.code === 504;
  return !(error instanceof Error && 'code' in error && neverLeft.has(String(error.code)));
}

/** Errors of the network may carry the address, and the address holds the token. */
function withoutToken(words: string): string {
  return words.replace(/bot\d+:[\w-]+/g, 'bot…');
}
