import { header } from '../mime/headers.ts';
import type { Letter } from '../mime/letter.ts';

/**
 * Says why a letter without a machine-readable report is still one about a failed delivery, or null.
 *
 * One sign is never enough, since people write about failed mail and forward it: it takes a machine's sender (or the
 * empty one), and a subject or an opening that only such reports have.
 */
export function bounceWhy(letter: Letter): string | null {
  if (header(letter.headers, 'x-failed-recipients')) return 'x-failed-recipients';
  if (letter.headers.some((one) => one.name === 'x-ms-exchange-message-is-ndr')) return 'exchange-ndr';
  const answersPerson = letter.inReplyTo.length > 0 && !isDaemon(letter);
  const subject = letter.subject ?? '';
  const machine = isDaemon(letter) || hasNullSender(letter);
  const bySubject = bounceSubject.test(subject);
  const opening = (letter.text ?? '').slice(0, 2_500);
  const byBody = bounceOpening.test(opening);
  const surely = hasNullSender(letter) || isSureDaemon(letter);
  if (surely && (bySubject || byBody)) return 'bounce-text';
  // A postmaster or an administrator is a person too, and writes of deliveries.
  const proof = serverAnswer.test(opening) || letter.reports.some((one) => one.kind === 'returned');
  if (machine && ((bySubject && byBody) || ((bySubject || byBody) && proof)) && !answersPerson) return 'bounce-text';
  if (!machine && bySubject && byBody && !answersPerson && isMachineMade(letter)) return 'bounce-text';
  return null;
}

/** It tells of a letter that is late and still being tried. */
export function isDelayText(subject: string, text: string): boolean {
  const opening = `${subject}\n${text.slice(0, 2_500)}`;
  return delayed.test(opening) && !gaveUp.test(opening);
}

/** MAILER-DAEMON, postmaster and their kin, by address or by name. */
export function isDaemon(letter: Letter): boolean {
  return [...letter.from, ...(letter.sender ? [letter.sender] : [])].some(
    ({ name, address }) =>
      /^(mailer-?daemon|post-?master|poostmaster|mail-?daemon|mdaemon|double-bounce|bounces?|mail(er|-delivery)?-?(system|subsystem|robot)?)(@|$)/i.test(
        address,
      ) || daemonName.test(name || address),
  );
}

function isSureDaemon(letter: Letter): boolean {
  return letter.from.some(
    ({ name, address }) =>
      /^(mailer-?daemon|mail-?daemon|mdaemon|double-bounce)(@|$)/i.test(address) ||
      /mailer-?daemon|mail delivery (sub)?system/i.test(name || address),
  );
}

/** `550 5.1.1 …`: what a server answered. */
const serverAnswer = /(^|[\s:<(#])([45]\d\d[ -]|#?[45]\.\d{1,3}\.\d{1,3}\b)/m;

/** `Return-Path: <>`: the envelope sender of reports (RFC 5321 4.5.5). */
export function hasNullSender(letter: Letter): boolean {
  const path = letter.headers.find((one) => one.name === 'return-path')?.value.trim();
  return path === '<>' || path === '' || /^<?mailer-daemon(@[^>]*)?>?$/i.test(path ?? 'none');
}

function isMachineMade(letter: Letter): boolean {
  return (
    letter.from.length === 0 ||
    letter.from.some(({ address }) =>
      /no-?reply|daemon|postmaster|system|admin|notif|delivery|internet|server|mail(er)?@/i.test(address),
    )
  );
}

const daemonName =
  /mail(er)?[ -]?(daemon|delivery (sub)?system|administrator|system)|post ?master|internet mail (delivery|service)|system administrator|mail delivery/i;

const bounceSubject =
  /undeliver(able|ed)|deliver(y|ing)[ -](status|report|fail|error|problem|notif|incomplete|has failed)|(mail|message|e-?mail|letter).{0,20}(delivery|not delivered|undeliver|could not be delivered|was not delivered|failed|returned|failure|system error|status)|returned (mail|to sender|message)|failure (notice|notification|report)|delivery (failure|failed|notification|status)|non[ -]?deliver|nondeliver|failed (mail|delivery|to deliver)|mail system error|mail failure|rejected (mail|message)|returning message|warning: (could not|message)|couldn'?t be delivered|unable to deliver|unzustellbar|nicht zugestellt|zustellung.{0,20}fehl|unzustellbare|non remis|échec de (la )?(remise|distribution)|non distribu|no se (ha )?(pudo|podido) entregar|no entregad|mancata consegna|não entregue|falha na entrega|onbestelbaar|niet.{0,12}bezorgd|kunde inte levereras|obesvar|ikke levere|ei voitu toimittaa|nie (można|udało).{0,20}dostarcz|niedoręczon|nedoručiteln|не доставлено|недоставлен|не может быть доставлен|teslim edilemedi|配信(不能|エラー|失敗)|送信エラー|不達|宛先不明|退信|未送达|投递失败|無法傳遞|반송|전송 ?실패|postmaster notify|mail status report|sorry, your message|address(es)? not found|notice: mail delivery|mail delivery/iu;

const bounceOpening =
  /this is (the|an?) .{0,60}(mail(er)?-?daemon|mail system|qmail-send|postfix program|delivery status|automatically generated|mail delivery)|(could|can|did|was|were|has|have|is|been)( ?not|n't)( be| been)? (be )?(deliver|sent|reach|accept)|undeliverable|unable to deliver|delivery (to the following|has failed|failed|attempt|status)|(wasn'?t|unable to|not able to) (be )?deliver|error (occurred|delivering)|(rejected|refused|returned) (by|your|to|the)|following address|transcript of (the )?session|permanent (fatal )?error|message .{0,40}(not|failed|rejected|returned|undeliverable|could)|user unknown|unknown user|mailbox (is )?full|over ?quota|did not reach|failed recipient|recipient.{0,30}(failed|unknown|rejected|not)|nicht zugestellt|konnte nicht|n'a pas pu|no (pudo|ha podido)|не может быть доставлено|не удалось доставить|送信できません|配信できません|エラー|无法投递|無法|에 실패/iu;

const delayed =
  /(delivery|message|mail).{0,60}\b(delay|has been delayed|is delayed|temporarily|still being tried|will (be retried|continue|keep trying|try again))|will (continue|keep) (to )?(try|trying|be)|\bdelayed\b|not (yet )?been delivered|warning: (could not send|message)|THIS IS A WARNING (MESSAGE )?ONLY|no action is required on your part|still (being )?(trying|queued|retried)|(do not|don'?t) need to resend/i;
const gaveUp =
  /permanent|fatal error|gave up|given up|giving up|will not be retried|no longer|has been in the queue too long|expired|undeliverable|failure|failed|returned/i;
