import { createHash } from 'node:crypto';
import type { Message, MessageEntity, Update, User } from 'telegraf/types';
import { Client } from './client.ts';

export interface SharedFile {
  content: Uint8Array;
  name?: string;
  type?: string;
  caption?: string;
}

/** A refusal the next matching calls get, e.g. `{code: 429, description: 'Too Many Requests: retry after 2', retryAfterS: 2}`. */
export interface Failure {
  code: number;
  description: string;
  retryAfterS?: number;
  /** Only calls of this method; any call when absent. */
  method?: string;
  /** How many calls are refused; 1 when absent. */
  times?: number;
  /** So many matching calls go through first; 0 when absent. */
  after?: number;
  /** The call is carried out, and then the line breaks before its answer. */
  answerLost?: boolean;
}

/** One call of a sending method as the bot's owner made it. */
export interface SentMessage {
  method: string;
  chatId: number;
  messageId: number;
  text: string;
  entities: MessageEntity[];
  replyTo: number | null;
  file: { id: string; name: string; type: string; content: Uint8Array } | null;
  /** Messages of one album have the same. */
  album: string | null;
  at: Date;
}

export interface StoredFile {
  id: string;
  path: string;
  name: string;
  type: string;
  content: Uint8Array;
}

/** What somebody tells of themselves at Telegram. */
export type Profile = Pick<User, 'id' | 'first_name' | 'last_name' | 'username' | 'language_code'>;

export interface Person {
  user: User;
  blocked: boolean;
  messages: Map<number, Message>;
}

/** Telegram keeps updates that nobody fetches for a day (core.telegram.org/bots/api#getting-updates). */
const KEPT_MS = 24 * 3_600_000;
/** getFile serves no larger file (core.telegram.org/bots/api#getfile). */
export const DOWNLOAD_LIMIT_BYTES = 20 * 1024 * 1024;

/**
 * One bot of the stand-in: its people, what it was sent, and the updates that wait to be fetched. What the Bot API's methods need
 * is on this class too; the people's side is a {@link Client}.
 */
export class Bot {
  readonly user: User & { username: string; is_bot: true };
  readonly sent: SentMessage[] = [];
  readonly calls: string[] = [];
  /** What people wrote, oldest first. */
  readonly said: Message[] = [];
  webhook: { url: string; secret: string | undefined; allowed: string[] | undefined; lastError?: string } | null = null;
  readonly #people = new Map<number, Person>();
  readonly #files = new Map<string, StoredFile>();
  readonly #failures: Failure[] = [];
  readonly #listeners = new Set<() => void>();
  #updates: { update: Update; at: number }[] = [];
  #updateId: number;
  #messageId: number;

  constructor(
    readonly token: string,
    name: string,
    firstId: number,
  ) {
    const id = Number(token.split(':')[0]);
    this.user = { id, is_bot: true, first_name: name, username: `${name.replace(/\W/g, '').toLowerCase()}_bot` };
    this.#updateId = firstId;
    this.#messageId = firstId % 1_000_000_000;
  }

  /** A person who writes to the bot; the same id is the same person, with the name and language they have now. */
  client(user: Profile): Client {
    const person = this.#meet(user);
    Object.assign(person.user, user);
    return new Client(this, person);
  }

  /** This person wrote to the bot before this start: it may write to them, and nothing new comes from them. */
  remember(user: Profile): void {
    this.#meet(user);
  }

  #meet(user: Profile): Person {
    const person = this.#people.get(user.id) ?? {
      user: { is_bot: false, ...user },
      blocked: false,
      messages: new Map(),
    };
    this.#people.set(user.id, person);
    return person;
  }

  /** The next calls fail so, before anything is done. */
  fail(failure: Failure) {
    this.#failures.push({ ...failure });
  }

  /** Resolves when something was sent that `matches` accepts; rejects after `timeoutMs`. */
  async nextSent(matches: (sent: SentMessage) => boolean, timeoutMs = 5_000): Promise<SentMessage> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      const found = this.sent.find(matches);
      if (found) return found;
      const leftMs = until - Date.now();
      if (leftMs <= 0) throw new Error(`the bot ${this.user.username} sent nothing that fits within ${timeoutMs} ms`);
      await this.changed(leftMs);
    }
  }

  /** Resolves once `method` has been called, now or earlier. */
  async called(method: string): Promise<void> {
    while (!this.calls.includes(method)) await this.changed(1_000);
  }

  /** Resolves at the next change of this bot, or after `withinMs`. */
  changed(withinMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#listeners.delete(done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.min(withinMs, 2 ** 31 - 1));
      this.#listeners.add(done);
      signal?.addEventListener('abort', done);
    });
  }

  notify() {
    for (const listener of [...this.#listeners]) listener();
  }

  takeFailure(method: string): Failure | undefined {
    const at = this.#failures.findIndex((failure) => failure.method === undefined || failure.method === method);
    const failure = this.#failures[at];
    if (!failure) return undefined;
    if ((failure.after ?? 0) > 0) {
      failure.after = (failure.after ?? 0) - 1;
      return undefined;
    }
    failure.times = (failure.times ?? 1) - 1;
    if (failure.times <= 0) this.#failures.splice(at, 1);
    return failure;
  }

  person(id: number): Person | undefined {
    return this.#people.get(id);
  }

  /** Updates from `offset` on; a positive offset forgets all before it, a negative one all but the last. */
  pending(offset: number, limit: number): Update[] {
    const oldest = Date.now() - KEPT_MS;
    this.#updates = this.#updates.filter(({ at }) => at >= oldest);
    if (offset > 0) this.#updates = this.#updates.filter(({ update }) => update.update_id >= offset);
    else if (offset < 0) this.#updates = this.#updates.slice(offset);
    return this.#updates.slice(0, limit).map(({ update }) => update);
  }

  dropPending() {
    this.#updates = [];
  }

  pendingCount(): number {
    return this.#updates.length;
  }

  /** Queues an update as Telegram would; exotic ones can be queued by tests too. */
  push(update: Record<string, unknown>): number {
    const update_id = this.#updateId++;
    this.#updates.push({ update: { update_id, ...update } as unknown as Update, at: Date.now() });
    this.notify();
    return update_id;
  }

  nextMessageId(): number {
    return this.#messageId++;
  }

  keep(file: SharedFile, kind: string): StoredFile {
    const hash = createHash('sha256').update(file.content).update(kind).digest('base64url').slice(0, 40);
    const name = file.name ?? `${kind}.bin`;
    const path = `${kind}/${hash.slice(0, 12)}${name.match(/\.[A-Za-z0-9]+$/)?.[0] ?? ''}`;
    const stored = {
      id: `F${hash}`,
      path,
      name,
      type: file.type ?? 'application/octet-stream',
      content: file.content,
    };
    this.#files.set(stored.id, stored);
    return stored;
  }

  file(id: string): StoredFile | undefined {
    return this.#files.get(id);
  }

  fileAt(path: string): StoredFile | undefined {
    return [...this.#files.values()].find((file) => file.path === path);
  }
}
