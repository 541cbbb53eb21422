import type { Refusal } from './reason.ts';

/**
 * Reads the codes out of what a server wrote: `550 5.1.1 <a@b>... User unknown`, `554-5.7.1 …`, `#5.1.1`,
 * `… <421 4.4.2 Connection timed out>`. The innermost answer is the remote server's own and wins.
 */
export function readRefusal(text: string, given: { status?: string; command?: string } = {}): Refusal {
  const line = text.replace(/\s+/g, ' ').trim();
  const inner = /<([45]\d\d)[ -]([45]\.\d{1,3}\.\d{1,3})[^<>]*>/.exec(line);
  const withStatus = /(?:^|[^\d.])([45]\d\d)[ -](?:#)?([45]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(line);
  const reply = inner?.[1] ?? withStatus?.[1] ?? replyCodeIn(line);
  const own =
    inner?.[2] ?? withStatus?.[2] ?? /(?:^|[\s(#:<[])([45]\.\d{1,3}\.\d{1,3})(?=$|[\s):>,;\]-])/.exec(line)?.[1] ?? '';
  return {
    text: line,
    status: chooseStatus(given.status ?? '', own, inner !== null),
    replyCode: reply,
    command: given.command ?? commandIn(line),
  };
}

/** A status that names something beats one that only says permanent or temporary (`5.0.0`). */
function chooseStatus(given: string, own: string, ownIsInner: boolean): string {
  if (given === '') return own;
  if (own === '') return given;
  if (ownIsInner) return own;
  const vague = (status: string) => /^[45]\.0\.0$/.test(status);
  return vague(given) && !vague(own) ? own : given;
}

function replyCodeIn(line: string): string {
  return (
    /(?:^|[\s:;>(\]"'-])([45][0-5]\d)(?=[\s-][^\d]|[\s-]*$)(?!\s*(?:bytes|kb|mb|messages|minutes|hours|days))/i.exec(
      line,
    )?.[1] ?? ''
  );
}

/** The SMTP command that was refused, from how servers say it; empty when they do not. */
export function commandIn(text: string): string {
  for (const [command, pattern] of commands) if (pattern.test(text)) return command;
  return '';
}

const told =
  '(?:in reply to|in response to|after|>>>|while sending|error (?:in|from|after)|during)\\s+(?:the\\s+|end\\s+of\\s+|initial\\s+|our\\s+)*';
const commands: [string, RegExp][] = [
  ['DATA', new RegExp(`${told}(?:DATA|\\.\\s|message body|body)|end of data|\\[DATA\\]|<message body>`, 'i')],
  ['RCPT', new RegExp(`${told}RCPT|\\[RCPT_TO\\]`, 'i')],
  ['MAIL', new RegExp(`${told}MAIL\\b|\\[MAIL_FROM\\]`, 'i')],
  ['EHLO', new RegExp(`${told}(?:EHLO|HELO)`, 'i')],
  ['CONN', /refused to talk to me|initial connection|initial greeting/i],
];
