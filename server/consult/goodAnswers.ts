import type { Db } from '../db/client.ts';
import type { Reactor } from '../jobs/handlers.ts';
import { detectLanguage } from '../knowledge/analysis/language.ts';
import { type Asked, likenessOf } from '../learning/cluster.ts';
import type { ConsultAnswer } from './schema.ts';
import { numbersOf } from './verify.ts';

/** Answers that are looked through, newest first, and what a short one or a long one is, in characters. */
const lookedThrough = 2000;
const shortest = 30;
const longest = 2000;
/** An earlier answer is proposed only for a question that is this much the same, 0..1. */
const alike = 0.62;

/** A thread was brought to its end: what colleagues answered in it may help the next client. Repeatable. */
export const rememberAnswers: Reactor = async ({ db }, { threadId }) => {
  if (threadId === null) return;
  const rows = await db.message.findMany({
    where: { threadId, direction: { not: 'note' }, classification: 'person', thread: { historical: false } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, direction: true, authorKind: true, text: true, createdAt: true },
    take: 200,
  });
  let question = '';
  for (const row of rows) {
    if (row.direction === 'inbound') question = `${question}\n${row.text}`.trim();
    else {
      if (row.authorKind === 'user' && isReusable(question, row.text))
        await db.goodAnswer.upsert({
          where: { messageId: row.id },
          create: {
            messageId: row.id,
            threadId,
            question: question.slice(0, 1000),
            answer: row.text,
            locale: detectLanguage(question),
            createdAt: row.createdAt,
          },
          update: {},
        });
      question = '';
    }
  }
};

/** What colleagues answered to the same question before, best first; never one with figures that may be old by now. */
export async function earlierAnswers(db: Db, question: string, most: number): Promise<ConsultAnswer[]> {
  const language = detectLanguage(question);
  const rows = await db.goodAnswer.findMany({
    where: { locale: language },
    orderBy: { createdAt: 'desc' },
    take: lookedThrough,
  });
  if (rows.length === 0) return [];
  const asked: Asked = { id: '', question, language };
  const scores = likenessOf(
    asked,
    rows.map((row) => ({ id: row.messageId, question: row.question, language })),
  );
  return rows
    .map((row, at) => ({ row, score: scores[at] ?? 0 }))
    .filter(({ score }) => score >= alike)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ row, score }) => ({
      answer: {
        text: row.answer,
        citations: [
          {
            kind: 'answer' as const,
            id: row.messageId,
            title: row.question.replace(/\s+/g, ' ').slice(0, 120),
            quote: row.answer,
            asOf: row.createdAt.toISOString(),
          },
        ],
        confidence: Math.min(0.5, score * 0.5),
        source: 'extractive' as const,
      },
      abstained: false,
      passages: [],
      products: [],
    }));
}

/** An answer with a price, a stock or a date in it is true for its own day only. */
function isReusable(question: string, answer: string): boolean {
  const fits = answer.length >= shortest && answer.length <= longest && question.length >= 8;
  return fits && [...numbersOf(answer)].every((number) => number.length < 2) && !/[€$£₽₩]/u.test(answer);
}
