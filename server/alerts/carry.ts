import type { Deps } from '../deps.ts';
import type { DeliverTools } from '../outbox/deliver.ts';
import { preferences } from '../users/schema.ts';
import type { NotificationKind } from './schema.ts';
import { alertWords, answerWords } from './words.ts';

/**
 * Takes an alert to where its reader wants it besides the app: by mail, to Telegram. Each way is claimed before it is sent
 * and given back when sending failed, so that a repeated job tells nobody twice. A question goes by mail also when who asks
 * wants that, and may be answered by mail.
 *
 * @throws when a way is wanted and nothing can go by it now, after the other way was tried: the job is tried again
 */
export async function carryAlert(
  deps: Pick<Deps, 'db' | 'clock' | 'config' | 'sendSystemMail'>,
  send: DeliverTools['send'],
  notificationId: string,
): Promise<void> {
  const { db, clock, config } = deps;
  const row = await db.notification.findUnique({ where: { id: notificationId } });
  if (row === null || row.readAt !== null) return;
  const user = await db.user.findUnique({
    where: { id: row.userId },
    select: { email: true, locale: true, preferences: true, deactivatedAt: true },
  });
  if (user === null || user.deactivatedAt !== null) return;
  const wants = preferences.parse(user.preferences ?? {});
  const data = row.data as Record<string, unknown>;
  const line = alertWords(row.kind as NotificationKind, data, user.locale);
  const detail = [data.subject, data.text].find((value) => typeof value === 'string' && value !== '');
  const link = config.publicUrl + (row.threadId === null ? '/' : `/t/${row.threadId}`);
  const text = [line, ...(detail === undefined ? [] : [String(detail)]), link].join('\n');
  const once = async (column: 'mailedAt' | 'messagedAt', work: () => Promise<boolean>, without: string) => {
    const claimed = await db.notification.updateMany({
      where: { id: row.id, [column]: null },
      data: { [column]: clock.now() },
    });
    if (claimed.count === 0) return;
    try {
      if (!(await work())) throw new Error(without);
    } catch (error) {
      await db.notification.update({ where: { id: row.id }, data: { [column]: null } });
      throw error;
    }
  };
  const ways: Promise<void>[] = [];
  if (wants.alertsByMail || data.byMail === true) {
    const letter =
      row.kind === 'requestAsked'
        ? [line, await questionOf(db, data), answerWords(user.locale), link].join('\n\n')
        : text;
    // Whoever answers this letter names it by its Message-ID.
    const mail = () => deps.sendSystemMail(user.email, `Parley: ${line}`, `${letter}\n`, { id: row.id });
    ways.push(once('mailedAt', mail, 'no mailbox can send the alert'));
  }
  const to = wants.alertsToTelegram;
  if (to !== null)
    ways.push(once('messagedAt', () => sendByBot(deps, send, row.id, to, text), 'no Telegram bot can send the alert'));
  for (const tried of await Promise.allSettled(ways)) if (tried.status === 'rejected') throw tried.reason;
}

/** The whole question; the alert itself holds its beginning. */
async function questionOf(db: Deps['db'], { requestId, text }: Record<string, unknown>): Promise<string> {
  const row = await db.colleagueRequest.findUnique({ where: { id: String(requestId) }, select: { text: true } });
  return row?.text ?? String(text ?? '');
}

/** By the first Telegram bot there is; false when there is none. */
async function sendByBot(
  { db }: Pick<Deps, 'db'>,
  send: DeliverTools['send'],
  id: string,
  to: string,
  text: string,
): Promise<boolean> {
  const bot = await db.channel.findFirst({
    where: { kind: 'telegram', removedAt: null, pausedAt: null },
    orderBy: { createdAt: 'asc' },
    select: { id: true },
  });
  if (bot === null) return false;
  await send(bot.id, {
    messageId: id,
    threadId: id,
    externalId: id,
    to: [{ kind: 'telegram', value: to, verified: true }],
    cc: [],
    bcc: [],
    reached: [],
    subject: '',
    text,
    html: null,
    attachments: [],
    quotes: null,
    inReplyTo: null,
    references: [],
    authorName: '',
    automatic: true,
    threadToken: '',
    repeated: false,
    at: new Date(),
  });
  return true;
}
