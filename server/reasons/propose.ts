import { transact } from '../db/tx.ts';
import type { Reactor } from '../jobs/handlers.ts';

/** Proposes reasons by the words of a client's message. What a person confirmed or refused stays as it is. */
export const proposeReasons: Reactor = async ({ db, clock }, event) => {
  const messageId = event.ids.messageId ?? null;
  if (event.threadId === null || messageId === null) return;
  const reasons = await db.reason.findMany({ where: { retiredAt: null, words: { isEmpty: false } } });
  if (reasons.length === 0) return;
  const message = await db.message.findUnique({
    where: { id: messageId },
    select: { text: true, subject: true, classification: true },
  });
  if (message === null || message.classification !== 'person') return;
  const said = ` ${fold(`${message.subject ?? ''} ${message.text}`)} `;
  const { threadId } = event;
  const fits = reasons.filter((reason) => reason.words.some((word) => said.includes(` ${fold(word)}`)));
  for (const reason of fits)
    await transact(db, (tx) =>
      tx.threadReason.upsert({
        where: { threadId_reasonId: { threadId, reasonId: reason.id } },
        create: { threadId, reasonId: reason.id, state: 'proposed', at: clock.now() },
        update: {},
      }),
    );
};

/** Lower case, and anything but letters and digits as one space. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLocaleLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
