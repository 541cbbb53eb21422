import type { Answer, Stored } from '../../../server/visitors/schema.ts';
import type { PendingMessage } from './state.ts';

/** What the outbox needs of the connection: rejects when no answer came in time or the line is cut. */
export type SendMessage = (message: {
  clientKey: string;
  text: string;
  attachmentIds: string[];
}) => Promise<Answer<Stored>>;

/** What outlives a reload, by key. */
export interface Keep {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface OutboxOptions {
  send: SendMessage;
  /** Keeps unsent messages over a reload; see storage.ts. */
  storage: Keep;
  storageKey: string;
  /** What is pending has changed. */
  onChange(pending: PendingMessage[]): void;
  /** The server has it: `pending` has already lost it when this is called. */
  onStored(message: PendingMessage, stored: Stored): void;
  /** Runs `work` after `delayMs`. */
  later(work: () => void, delayMs: number): void;
}

/** Pause before an unanswered message is tried again while the line stands, in ms. */
const retryDelayMs = 2_000;
/** Codes of the server that mean "not now": what was refused stays and goes again by itself. */
export const passing = new Set(['visitor.tooFast', 'unavailable']);

/**
 * Messages on their way to the server, one at a time and in the order they were written. Each keeps its clientKey
 * until the server acknowledges it, over cut lines and reloads, so that it is stored once however often it is sent.
 */
export class Outbox {
  private pending: PendingMessage[];
  private isSending = false;
  private isOnline = false;

  constructor(private readonly options: OutboxOptions) {
    this.pending = this.load();
  }

  /** Everything unsent, oldest first. */
  get messages(): PendingMessage[] {
    return this.pending;
  }

  add(message: Omit<PendingMessage, 'refused'>): void {
    this.change([...this.pending, { ...message, refused: null }]);
    this.run();
  }

  /** The visitor asks to send a refused message again. */
  retry(clientKey: string): void {
    this.change(this.pending.map((one) => (one.clientKey === clientKey ? { ...one, refused: null } : one)));
    this.run();
  }

  /** The visitor gives a refused message up. */
  discard(clientKey: string): void {
    this.change(this.pending.filter((one) => one.clientKey !== clientKey));
  }

  online(isOnline: boolean): void {
    this.isOnline = isOnline;
    this.run();
  }

  private run(): void {
    if (this.isOnline && !this.isSending) void this.sendNext();
  }

  private async sendNext(): Promise<void> {
    const next = this.pending.find((one) => one.refused === null);
    if (next === undefined) return;
    this.isSending = true;
    let pauseMs = 0;
    try {
      const answer = await this.options.send({
        clientKey: next.clientKey,
        text: next.text,
        attachmentIds: next.attachments.map((attachment) => attachment.id),
      });
      if (!('error' in answer)) {
        this.discard(next.clientKey);
        this.options.onStored(next, answer);
      } else if (passing.has(answer.error.code)) pauseMs = answer.error.retryAfterMs ?? retryDelayMs;
      else this.refuse(next.clientKey, answer.error.code);
    } catch {
      // No answer says nothing about what was stored: the same key goes again when the line is back.
      pauseMs = retryDelayMs;
    }
    if (pauseMs > 0) await new Promise<void>((resolve) => this.options.later(resolve, pauseMs));
    this.isSending = false;
    this.run();
  }

  private refuse(clientKey: string, why: string): void {
    this.change(this.pending.map((one) => (one.clientKey === clientKey ? { ...one, refused: why } : one)));
  }

  private change(pending: PendingMessage[]): void {
    this.pending = pending;
    const { storage, storageKey } = this.options;
    if (pending.length === 0) storage.removeItem(storageKey);
    else storage.setItem(storageKey, JSON.stringify(pending));
    this.options.onChange(pending);
  }

  private load(): PendingMessage[] {
    return JSON.parse(this.options.storage.getItem(this.options.storageKey) ?? '[]') as PendingMessage[];
  }
}
