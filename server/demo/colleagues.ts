import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../lib/log.ts';
import { type Api, signIn } from './api.ts';
import type { Chance } from './chance.ts';
import type { DemoData } from './data.ts';

/** Colleagues leave a thread to the newcomer for that long before they take it. */
const LEFT_ALONE_MS = 4 * 60_000;
const PAUSE_S = [40, 120] as const;

const ANSWERS: Record<string, string[]> = {
  en: [
    'Hello {first}, thank you for writing. I look into it and come back to you within the hour.',
    'Hello {first}, good question: I ask the store and write to you as soon as I know.',
    'Hello {first}, I have it in front of me now. Which store would suit you best?',
  ],
  fa: ['سلام {first} عزیز، پیام شما رسید. بررسی می‌کنم و خیلی زود خبر می‌دهم.'],
  ru: ['Здравствуйте, {first}! Уточню в магазине и скоро отвечу.'],
};

interface Waiting {
  id: string;
  clientName: string;
  preview: string;
  lastMessageId: string;
  waitingSince: string | null;
  assigneeId: string | null;
}

/** Two colleagues answer, now and then, what nobody has taken for some minutes, so that the screens live. */
export async function keepColleaguesAnswering(
  publicUrl: string,
  { company }: DemoData,
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
      .then((them) => answerOne(them, chance))
      .catch((error: unknown) => {
        signedIn.delete(email);
        log.warn({ error: String(error) }, 'a simulated colleague could not answer');
      });
  }
}

async function answerOne(api: Api, chance: Chance): Promise<void> {
  const { items } = await api.get<{ items: Waiting[] }>('/threads?status=open&assignee=none&sort=waiting&limit=20');
  const late = items.filter(
    ({ waitingSince }) => waitingSince !== null && Date.now() - Date.parse(waitingSince) > LEFT_ALONE_MS,
  );
  const thread = late[0];
  if (!thread) return;
  await api.send('PUT', `/threads/${thread.id}/assignment`, { userId: 'me' });
  const first = thread.clientName.split(' ')[0] ?? '';
  const text = chance.of(ANSWERS[languageOf(thread.preview)] ?? []).replace('{first}', first);
  const reply = { clientKey: randomUUID(), kind: 'reply', text, seenMessageId: thread.lastMessageId };
  await api.send('POST', `/threads/${thread.id}/messages`, reply);
}

function languageOf(text: string): string {
  if (/\p{Script=Arabic}/u.test(text)) return 'fa';
  return /\p{Script=Cyrillic}/u.test(text) ? 'ru' : 'en';
}
