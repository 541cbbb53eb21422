import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../lib/log.ts';
import type { Chance } from './chance.ts';
import type { Correspondent } from './clients/person.ts';
import type { DemoData } from './data.ts';
import { type Dialogue, fill } from './dialogues.ts';

/** How the simulated clients reach the store. */
export interface Ways {
  letter(client: { name: string; address: string; subject: string }): Correspondent;
  visit(client: { name: string }): Correspondent;
  message(client: { name: string; id: number; language: string }): Correspondent;
}

/** A client writes after so long, at first quickly, so that a newcomer sees it happen. */
const FIRST_PAUSES_S = [4, 9, 14, 20, 25];
const PAUSE_S = [35, 110] as const;
/** Clients take that long to answer. */
const ANSWER_S = [6, 25] as const;
/** No new conversation while so many are unanswered. */
const UNANSWERED_LIMIT = 25;
const turns = ['chat', 'telegram', 'email'] as const;

/** Clients keep writing, and answering what they get, until `signal` aborts. Resolves then. */
export async function keepWriting(
  data: DemoData,
  ways: Ways,
  chance: Chance,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  let unanswered = 0;
  let started = 0;
  const running = new Set<Promise<void>>();
  const talks = data.dialogues.filter(({ tags }) => !tags.includes('company'));
  while (!signal.aborted) {
    const seconds = FIRST_PAUSES_S[started] ?? chance.between(...PAUSE_S);
    await pause(seconds * 1000, undefined, { signal }).catch(() => undefined);
    if (signal.aborted || unanswered >= UNANSWERED_LIMIT) continue;
    unanswered += 1;
    const talk = converse(pickTalk(talks, started++, chance), data, ways, chance, signal, () => {
      unanswered -= 1;
    }).catch((error: unknown) => {
      if (!signal.aborted) log.warn({ error: String(error) }, 'a simulated client gave up');
    });
    running.add(talk);
    void talk.finally(() => running.delete(talk));
  }
  await Promise.all(running);
}

/** Each channel in its turn, so that all of them live; the first ones in English. */
function pickTalk(talks: Dialogue[], index: number, chance: Chance): Dialogue {
  const next = turns[index % turns.length];
  return chance.of(
    talks.filter(({ channel, language }) => channel === next && (index >= turns.length || language === 'en')),
  );
}

async function converse(
  talk: Dialogue,
  data: DemoData,
  ways: Ways,
  chance: Chance,
  signal: AbortSignal,
  answered: () => void,
): Promise<void> {
  const values = valuesFor(talk, data, chance);
  const person = comeBy(talk, data, ways, chance, values);
  const lines = talk.turns.filter(({ by }) => by === 'client').map(({ text }) => fill(text, values));
  const answers = answersOf(person, signal);
  let first = true;
  try {
    for (const line of lines) {
      await person.say(line);
      await answers.next();
      if (first) answered();
      first = false;
      if (signal.aborted) return;
      await pause(chance.between(...ANSWER_S) * 1000, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    if (first) answered();
    answers.stop();
    person.leave();
  }
}

/** Waits for the next answer, or for the end. */
function answersOf(person: Correspondent, signal: AbortSignal) {
  let arrived = 0;
  let wake = () => {};
  person.onAnswer(() => {
    arrived += 1;
    wake();
  });
  const end = () => wake();
  signal.addEventListener('abort', end);
  return {
    stop: () => signal.removeEventListener('abort', end),
    next: async () => {
      const before = arrived;
      while (arrived === before && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

function comeBy(
  talk: Dialogue,
  data: DemoData,
  ways: Ways,
  chance: Chance,
  values: Record<string, string>,
): Correspondent {
  const name = values.name ?? '';
  const known = data.company.clients.find((client) => client.name === name);
  switch (talk.channel) {
    case 'email': {
      const address = known?.email ?? `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@mail.example`;
      return ways.letter({ name, address, subject: fill(talk.subject, values) });
    }
    case 'chat':
      return ways.visit({ name });
    case 'telegram':
      return ways.message({ name, id: known?.telegram ?? chance.between(950_000, 999_999), language: talk.language });
  }
}

/** What a talk's placeholders stand for, the same throughout the talk. */
export function valuesFor(talk: Dialogue, data: DemoData, chance: Chance): Record<string, string> {
  const phone = chance.of(data.phones);
  const other = chance.of(data.phones);
  const speakers = data.company.clients.filter(
    (client) => client.language === talk.language && (talk.channel === 'chat' || client[talk.channel] !== undefined),
  );
  const name = chance.of(speakers.length > 0 ? speakers : data.company.clients).name;
  const store = chance.of(data.storeCodes);
  return {
    name,
    first: name.split(' ')[0] ?? name,
    phone: phone.name,
    price: String(phone.price),
    other: other.name,
    order: String(chance.between(10_400, 11_900)),
    store: `${store[0]?.toUpperCase()}${store.slice(1)}`
      .replace('Oldtown', 'Old Town')
      .replace('Northmall', 'North Mall'),
  };
}
