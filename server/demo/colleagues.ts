import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../lib/log.ts';
import { type Api, signIn } from './api.ts';
import type { Chance } from './chance.ts';
import type { DemoData } from './data.ts';
import { type Dialogue, fill } from './dialogues.ts';

/** Colleagues leave a thread to the newcomer for that long before they take it. */
const LEFT_ALONE_MS = 4 * 60_000;
const PAUSE_S = [40, 120] as const;

const ANSWERS: Record<string, string[]> = {
  en: [
    'Hello {first}, thank you for writing. I look into it and come back to you within the hour.',
    'Hello {first}, good question: I ask the store and write to you as soon as I know.',
    'Hello {first}, thank you. I check it with the colleagues who know and write to you today.',
  ],
  fa: ['سلام {first} عزیز، پیام شما رسید. بررسی می‌کنم و خیلی زود خبر می‌دهم.'],
  ru: ['Здравствуйте, {first}! Уточню в магазине и скоро отвечу.'],
};

/** What answers thanks and goodbyes: nothing is left to look into. */
const FAREWELLS: Record<string, string[]> = {
  en: ['You are welcome, {first}. Write whenever you need us.', 'Gladly, {first}. Have a good day!'],
  fa: ['خواهش می‌کنم {first} عزیز. هر وقت لازم بود بنویسید.'],
  ru: ['Пожалуйста, {first}! Пишите, если что-то понадобится.'],
};

/** Short words that ask for nothing: "thx", "ok, great", "ممنون", "спасибо!". */
const ASKS_NOTHING = /^[^?؟]{0,60}$/u;
const THANKS =
  /\b(thanks?|thank you|thx|ty|cheers|great|perfect|super|ok(?:ay)?|bye|see you)\b|ممنون|مرسی|متشکر|سپاس|спасибо|благодарю|отлично|хорошо/iu;

interface Waiting {
  id: string;
  clientName: string;
  preview: string;
  channelKind: string;
  lastMessageId: string;
  waitingSince: string | null;
  assigneeId: string | null;
}

/** Two colleagues answer, now and then, what nobody has taken for some minutes, so that the screens live. */
export async function keepColleaguesAnswering(
  publicUrl: string,
  { company, dialogues }: DemoData,
  password: string,
  chance: Chance,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const colleagues = company.staff.filter(({ role }) => role === 'manager').slice(1, 3);
  const signedIn = new Map<string, Promise<Api>>();
  while (!signal.aborted) {
    await pause(chance.between(...PAUSE_S) * 1000, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const { email } = chance.of(colleagues);
    const api = signedIn.get(email) ?? signIn(publicUrl, email, password);
    signedIn.set(email, api);
    await api
      .then((them) => answerOne(them, dialogues, chance))
      .catch((error: unknown) => {
        signedIn.delete(email);
        log.warn({ error: String(error) }, 'a simulated colleague could not answer');
      });
  }
}

async function answerOne(api: Api, dialogues: readonly Dialogue[], chance: Chance): Promise<void> {
  const { items } = await api.get<{ items: Waiting[] }>('/threads?status=open&assignee=none&sort=waiting&limit=20');
  const late = items.filter(
    ({ waitingSince, channelKind }) =>
      // A missed call is answered by calling back.
      channelKind !== 'phone' && waitingSince !== null && Date.now() - Date.parse(waitingSince) > LEFT_ALONE_MS,
  );
  const thread = late[0];
  if (!thread) return;
  await api.send('PUT', `/threads/${thread.id}/assignment`, { userId: 'me' });
  const first = thread.clientName.split(' ')[0] ?? '';
  const said = await api.get<{ items: { direction: string; text: string }[] }>(
    `/threads/${thread.id}/messages?limit=100`,
  );
  const words = said.items.find(({ direction }) => direction === 'inbound')?.text ?? thread.preview;
  const text = chance.of(sayings(words, dialogues)).replace('{first}', first);
  const reply = { clientKey: randomUUID(), kind: 'reply', text, seenMessageId: thread.lastMessageId };
  await api.send('POST', `/threads/${thread.id}/messages`, reply);
}

/** What fits the client's last words: the answer of the talk they are from, where it is known. */
export function sayings(words: string, dialogues: readonly Dialogue[]): string[] {
  const next = scripted(words, dialogues);
  if (next !== null) return [next];
  const language = languageOf(words);
  return (isFarewell(words) ? FAREWELLS : ANSWERS)[language] ?? [];
}

/** What the staff says next in the talk that these words are from; null when it says things nobody told here. */
function scripted(words: string, dialogues: readonly Dialogue[]): string | null {
  for (const { turns } of dialogues)
    for (const [index, { by, text }] of turns.entries()) {
      const next = turns[index + 1];
      if (by !== 'client' || next?.by !== 'staff') continue;
      const told = patternOf(text).exec(onOneLine(words));
      if (told === null) continue;
      const answer = fill(next.text, { ...told.groups, first: '{first}' });
      if (!/\{(?!first\})/.test(answer)) return answer;
    }
  return null;
}

/** A letter comes with its lines broken elsewhere. */
const onOneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** A line of the talks with its placeholders open; the same one twice is the same words. */
function patternOf(text: string): RegExp {
  const seen = new Set<string>();
  const pattern = onOneLine(text)
    .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
    .replace(/\{(\w+)\}/g, (_, name: string) => {
      if (seen.has(name)) return `\\k<${name}>`;
      seen.add(name);
      return `(?<${name}>.+?)`;
    });
  return new RegExp(`^${pattern}$`, 'su');
}

/** Thanks and no question: a short line with a word of it. */
function isFarewell(words: string): boolean {
  return ASKS_NOTHING.test(words.trim()) && THANKS.test(words);
}

function languageOf(text: string): string {
  if (/\p{Script=Arabic}/u.test(text)) return 'fa';
  return /\p{Script=Cyrillic}/u.test(text) ? 'ru' : 'en';
}
