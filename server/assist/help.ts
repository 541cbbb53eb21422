import { summaryText } from '../bot/summary.ts';
import type { Intent } from '../consult/intents.ts';
import { say } from '../consult/phrases/table.ts';
import { understand } from '../consult/understand/understand.ts';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';
import { detectLanguage } from '../knowledge/analysis/language.ts';
import { needThread } from '../threads/visibility.ts';
import type { Viewer } from '../users/viewer.ts';
import { noNewFigures, proposeTags, rewriteByRules, sameFigures } from './rules.ts';
import type { Proposals, Reworded, Rewriting, Translation } from './schema.ts';

type Tools = Pick<Deps, 'db' | 'clock' | 'knowledge' | 'askModel'>;

/** A message in another language, to be read beside the original. Its figures are those of the original, or it is none. */
export async function translateMessage(
  tools: Tools,
  viewer: Viewer,
  messageId: string,
  to: string,
): Promise<Translation> {
  const message = await tools.db.message.findUnique({
    where: { id: messageId },
    select: { threadId: true, text: true },
  });
  if (message === null) throw notFound('message');
  await needThread(tools.db, viewer, message.threadId);
  const { asked } = await understood(tools, message.text);
  const task = `Translate "text" into ${nameOf(to)}. Nothing but the translation.`;
  const text = await tools.askModel(task, { text: message.text });
  const sound = text !== null && sameFigures(message.text, text) ? text : null;
  const { mention } = asked;
  const products = mention.kind === 'one' ? [mention.product.name] : mention.kind === 'absent' ? [mention.said] : [];
  const figures = asked.numbers.map((number) => [number.value, number.unit ?? ''].join(' ').trim());
  return {
    text: sound,
    source: sound === null ? 'rules' : 'model',
    from: asked.detected,
    gist: { intent: asked.intent, products, figures: [...figures, ...(asked.country ? [asked.country] : [])] },
  };
}

/** A draft in other words, or in another language; by rules where no model is set or it changed a figure. */
export async function rewrite(tools: Tools, viewer: Viewer, threadId: string, input: Rewriting): Promise<Reworded> {
  const thread = await needThread(tools.db, viewer, threadId);
  const language = input.to ?? detectLanguage(input.text);
  const task = `Rewrite the draft "text" to the client ${STYLES[input.style]}, in ${nameOf(language)}. Nothing but the new text.`;
  const text = await tools.askModel(task, { text: input.text });
  const fits =
    text !== null && (input.style === 'shorter' ? noNewFigures(input.text, text) : sameFigures(input.text, text));
  if (fits) return { text, source: 'model' };
  const words = POLITE[language] ?? POLITE.en;
  const name = thread.clientName === 'Visitor' ? '' : thread.clientName;
  const greeting = say(words?.[0] ?? '', { name }).replace(/\s+,/, ',');
  return { text: rewriteByRules(input.text, input.style, { greeting, close: words?.[1] ?? '' }), source: 'rules' };
}

/** What a thread is about and where it stands, for whoever takes it over. */
export async function summarise(tools: Tools, viewer: Viewer, threadId: string, locale: string): Promise<Reworded> {
  await needThread(tools.db, viewer, threadId);
  const rows = await tools.db.message.findMany({
    where: { threadId, classification: 'person' },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 40,
    select: { direction: true, text: true },
  });
  const talk = rows.reverse().map((row) => ({
    by: row.direction === 'inbound' ? 'client' : row.direction === 'note' ? 'note' : 'us',
    text: row.text.slice(0, 3000),
  }));
  const task = `Summarise the talk in at most four short lines in ${nameOf(locale)}: what the client wants, what was said, what is open.`;
  const text = talk.length === 0 ? null : await tools.askModel(task, { talk });
  const known = talk.map((turn) => turn.text).join('\n');
  if (text !== null && noNewFigures(known, text)) return { text, source: 'model' };
  const lines = await summaryText(tools.db, threadId);
  return {
    text: lines ?? talk.map((turn) => `• ${turn.text.replace(/\s+/g, ' ').slice(0, 140)}`).join('\n'),
    source: 'rules',
  };
}

/** Tags and the reason for contact, as they are understood; somebody still has to put them. */
export async function propose(tools: Tools, viewer: Viewer, threadId: string): Promise<Proposals> {
  const thread = await needThread(tools.db, viewer, threadId);
  const rows = await tools.db.message.findMany({
    where: { threadId, direction: 'inbound', classification: 'person' },
    orderBy: { createdAt: 'asc' },
    take: 6,
    select: { text: true },
  });
  const said = rows
    .map((row) => row.text)
    .join('\n')
    .slice(0, 5000);
  if (said.trim() === '') return { tags: [], reason: 'other', source: 'rules' };
  const inUse = await tools.db.$queryRaw<{ tag: string }[]>`
    SELECT tag FROM (SELECT unnest(tags) AS tag FROM thread) t GROUP BY tag ORDER BY count(*) DESC LIMIT 200`;
  const { asked } = await understood(tools, rows[0]?.text ?? said);
  const rest = rows.length > 1 ? (await understood(tools, said)).asked.intent : asked.intent;
  const reason: Intent = asked.intent === 'greeting' || asked.intent === 'other' ? rest : asked.intent;
  const tags = proposeTags(
    said,
    asked.detected,
    inUse.map((row) => row.tag),
    thread.tags,
    reason,
  );
  return { tags, reason, source: 'rules' };
}

async function understood({ knowledge, clock }: Tools, text: string) {
  const { catalogue, stores } = await knowledge.sources();
  const asked = understand(text.slice(0, 5000), {
    matcher: catalogue.matcher,
    columns: catalogue.columns,
    stores,
    now: clock.now(),
    timezone: stores[0]?.timezone ?? 'UTC',
  });
  return { asked };
}

const STYLES = {
  correct: 'with spelling and grammar put right and nothing else changed',
  shorter: 'as short as it can be without losing a fact',
  kinder: 'warmer and kinder',
  formal: 'politely and formally',
} as const;

/** A greeting and a close, where no model finds better ones. */
const POLITE: Readonly<Record<string, readonly [string, string]>> = {
  en: ['Hello {name},', 'Kind regards'],
  ru: ['Здравствуйте, {name},', 'С уважением'],
  ko: ['안녕하세요 {name}님,', '감사합니다'],
  ro: ['Bună ziua {name},', 'Cu stimă'],
  fa: ['سلام {name}،', 'با احترام'],
  sv: ['Hej {name},', 'Vänliga hälsningar'],
  de: ['Guten Tag {name},', 'Freundliche Grüße'],
  es: ['Hola {name}:', 'Un saludo'],
};

function nameOf(language: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language;
}
