import type { BouncedRecipient } from '../../channel.ts';
import { bounceReason, derivedStatus, isHard } from './reason.ts';
import { commandIn, readRefusal } from './refusal.ts';

/**
 * Reads a bounce that no machine-readable part explains, as Exim, qmail, old sendmail, Domino, GMX, Yahoo, KDDI and
 * many others write it: the failed addresses, and below (or behind) each what the server said.
 *
 * @param text the body above the returned letter
 * @param hints addresses that headers name as failed; `own` is who the report is addressed to
 */
export function readBounceText(
  text: string,
  hints: { failed: string[]; own: string[]; returnedTo: string[] },
): BouncedRecipient[] {
  const body = text.replace(/\r\n?/g, '\n').slice(0, 20_000);
  const named = unique([...hints.failed, ...addressesIn(body, hints.own)]).slice(0, maxRecipients);
  const addresses = named.length > 0 ? named : hints.returnedTo.slice(0, 20);
  return addresses.map((address) => {
    const said = saidAbout(body, address, addresses);
    const refusal = readRefusal(mostTelling(said), { command: commandIn(said) });
    const reason = bounceReason(refusal);
    const temporary = refusal.replyCode.startsWith('4') && reason !== 'expired';
    return {
      address,
      status: refusal.status || derivedStatus(reason, temporary),
      replyCode: refusal.replyCode,
      reason,
      hard: isHard(reason, refusal.status),
    };
  });
}

/** Failed recipients of one report that are looked at; a letter of ours goes to no more. */
export const maxRecipients = 100;

/** Splits the body from the letter it returns; both may be empty. */
export function splitReturned(text: string): { report: string; returned: string } {
  const body = text.replace(/\r\n?/g, '\n');
  const mark = returnedMark.exec(body);
  if (mark) return { report: body.slice(0, mark.index), returned: body.slice(mark.index + mark[0].length).trim() };
  const headers =
    /\n(?=(?:Return-Path|Received|X-[\w-]+|From|Date|Message-ID):[^\n]*\n(?:[ \t][^\n]*\n|[\w-]+:[^\n]*\n){2,})/i.exec(
      body,
    );
  return headers
    ? { report: body.slice(0, headers.index), returned: body.slice(headers.index + 1) }
    : { report: body, returned: '' };
}

const returnedMark =
  /^[ \t>*-]{0,80}(-{2,80}[ \t]{0,80})?(this is a copy of the message|the header of the original message|below this line is a copy|enclosed (is|are) a copy|original message|returned message|undelivered message|unsent message|message (headers?|text) follows?|original (mail|e-?mail|headers?|message headers?)|a copy of (the|your) (original )?message|below is a copy of|copy of (the )?(original )?message|the (original )?message (follows|is attached|headers)|message contents|your message (follows|reads)|start of (returned|original)|returned (content|mail)|message header|rejected message|failed message|included is a copy|the following is a copy|the attached file|----- (original|message|unsent|returned)|headers? of (the )?(original|your)|転送|元の?メール|原文).{0,80}$/im;

/** Addresses that the body names as failed, in order of strength; the best form present wins. */
function addressesIn(body: string, own: string[]): string[] {
  const skip = new Set(own.map((one) => one.toLowerCase()));
  for (const form of forms) {
    const found = [...body.matchAll(form)]
      .flatMap((match) => match[1] ?? match[2] ?? [])
      .map((one) => one.toLowerCase());
    const failed = unique(
      found.filter((one) => !skip.has(one) && !/^(mailer-daemon|postmaster|noreply|no-reply|support|abuse)@/.test(one)),
    );
    if (failed.length > 0) return failed;
  }
  return [];
}

const address = '([^\\s<>@"\',;:()（）：；，、。「」【】\\[\\]]+@[\\w.-]+\\.\\w+)';
const forms = [
  // `<a@b>:` and `"a@b":` alone on a line (qmail, Yahoo, GMX), `a@b: Domain does not exist` (OpenSMTPD)
  new RegExp(`^[ \\t]*[<"']?${address}[>"']?[ \\t]*:(?=[ \\t]|$)`, 'gim'),
  // alone on a line (Exim, sendmail, Exchange)
  new RegExp(`^[ \\t*-]*[<"']?${address}[>"']?[ \\t]*$`, 'gim'),
  // `Recipient: <a@b>`, `To: a@b`, `Address: a@b`, `RCPT TO:<a@b>`
  new RegExp(
    `^[ \\t>*]*(?:failed |final |intended |original |undeliverable )?(?:recipients?|to|address(?:es)?|mailbox|rcpt to|empfänger|destinataire|宛先|收件人|收件者|수신인|받는 사람)[ \\t]*(?:\\([^)]*\\))?[:：][ \\t]*[<"']?${address}`,
    'gim',
  ),
  new RegExp(`RCPT TO:[ ]?<${address}>`, 'gi'),
  // `550 <a@b>... User unknown`, `<a@b> could not be delivered`, `your mail to <a@b>`
  new RegExp(`[45]\\d\\d[ -](?:[45]\\.\\d+\\.\\d+ )?<?${address}>?`, 'gi'),
  new RegExp(`(?:to|for|address|recipient|user)[ \\t\\n]+[<"']?${address}`, 'gi'),
  new RegExp(`<${address}>`, 'gi'),
  new RegExp(`(?:^|[\\s（：])${address}`, 'gi'),
];

/** The part of the body that belongs to one address: from its name to the next failed one. */
function saidAbout(body: string, address: string, all: string[]): string {
  const lower = body.toLowerCase();
  const at = lower.indexOf(address.toLowerCase());
  if (at < 0 || all.length === 1) return body;
  const others = all
    .filter((one) => one !== address)
    .map((one) => lower.indexOf(one.toLowerCase(), at + address.length))
    .filter((index) => index > 0);
  const lineStart = body.lastIndexOf('\n', at) + 1;
  return body.slice(lineStart, Math.min(...others, lineStart + 2_000));
}

/** What the far server answered, when the report quotes it; else the whole. */
function mostTelling(said: string): string {
  const answers = [...said.matchAll(/^<<<[ \t]*([45]\d\d[\s\S]*?)(?=\n[ \t]*\n|\n>>>|\n<<<|$(?![\s\S]))/gm)].map(
    (match) => match[1] ?? '',
  );
  const first = answers.find((one) => !/^503/.test(one));
  if (first) return first;
  const quoted =
    /(?:remote (?:host|server|system) (?:said|answered|returned|responded)|said|responded with|error (?:was|message)|reason(?: given)?|diagnostic[- ]code|error-for|response|answer(?:ed)?)[^\n:]{0,40}:\s*([\s\S]{3,600}?)(?=\n[ \t]*\n|$(?![\s\S]))/i.exec(
      said,
    )?.[1];
  if (quoted && /[a-z]{3}/i.test(quoted)) return quoted;
  const withCode = /(?:^|[\s:(])([45]\d\d[ -](?:[^\n]+\n?){1,4})/.exec(said)?.[1];
  return (
    withCode ?? /(?:^|\s)(#?[45]\.\d{1,3}\.\d{1,3}\b[^\n]*(?:\n[^\n]+){0,3})/.exec(said)?.[1] ?? withoutPreamble(said)
  );
}

/** The opening sentences every bounce has would be taken for a reason. */
function withoutPreamble(said: string): string {
  const paragraphs = said.split(/\n[ \t]*\n/).filter((one) => !preamble.test(one) || /@/.test(one));
  return (paragraphs.length > 0 ? paragraphs : [said]).join('\n').slice(0, 2_000);
}

const preamble =
  /(this (message|is an automat|e-?mail) .{0,40}(created|generated|automat)|automatically (created|generated)|a message (that )?you sent|your message (to the following|could not|did not|was not|cannot)|i'?m (sorry|afraid)|permanent error|for further assistance|please (do not|contact|check|include)|if you do so|do not reply|the following address|unable to deliver (your )?message|message from)/i;

function unique(list: string[]): string[] {
  return [...new Set(list)];
}
