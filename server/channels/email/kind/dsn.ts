import type { BouncedRecipient } from '../../channel.ts';
import { parseHeaderBlock } from '../mime/headers.ts';
import type { LetterHeader } from '../mime/letter.ts';
import { maxRecipients } from './bounceText.ts';
import { bounceReason, derivedStatus, isHard } from './reason.ts';
import { commandIn, readRefusal } from './refusal.ts';

/** One recipient of a delivery status notification (RFC 3464). */
export interface DsnRecipient {
  address: string;
  /** `failed`, `delayed`, `delivered`, `relayed`, `expanded`; empty when the server forgot it. */
  action: string;
  status: string;
  diagnostic: string;
}

/** Reads a message/delivery-status part; broken ones (fields in one block, no blank lines) too. */
export function readDeliveryStatus(text: string): DsnRecipient[] {
  const recipients: DsnRecipient[] = [];
  for (const block of text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n+/)) {
    for (const fields of splitByRecipient(parseHeaderBlock(block))) {
      const value = (name: string) => fields.find((one) => one.name === name)?.value ?? '';
      const address = bareAddress(
        value('final-recipient') || value('x-actual-recipient') || value('original-recipient'),
      );
      const original = bareAddress(value('original-recipient'));
      const action = /^[a-z]+/i.exec(value('action').trim())?.[0]?.toLowerCase() ?? '';
      const status = /[245]\.\d{1,3}\.\d{1,3}/.exec(value('status'))?.[0] ?? '';
      const diagnostic = value('diagnostic-code')
        .replace(/^\s*[\w-]+\s*;\s*/, '')
        .trim();
      if (!address && !action && !status && !diagnostic) continue;
      recipients.push({ address: address.includes('@') ? address : original || address, action, status, diagnostic });
    }
  }
  return recipients.filter((one) => one.address !== '' || one.action !== '');
}

/**
 * Makes the bounced recipients of a notification. What the human-readable part says of a recipient fills what the
 * machine part leaves out (a bare `Status: 5.0.0`, a missing diagnostic).
 *
 * @param spoken the text part of the report
 */
export function bouncedOf(recipients: DsnRecipient[], spoken: string): BouncedRecipient[] {
  const failed = recipients.filter((one) => one.action === 'failed' || one.action === '').slice(0, maxRecipients);
  return failed.map(({ address, status, diagnostic }) => {
    const said = spokenAbout(spoken, address, failed.length);
    const refusal = readRefusal(diagnostic || said, { status, command: commandIn(diagnostic) || commandIn(said) });
    const reason = bounceReason(refusal);
    const temporary = refusal.replyCode.startsWith('4') || (refusal.replyCode === '' && refusal.status.startsWith('4'));
    return {
      address,
      status: refusal.status || derivedStatus(reason, temporary),
      replyCode: refusal.replyCode || (diagnostic ? readRefusal(said).replyCode : ''),
      reason,
      hard: isHard(reason, refusal.status),
    };
  });
}

function splitByRecipient(fields: LetterHeader[]): LetterHeader[][] {
  const groups: LetterHeader[][] = [[]];
  for (const field of fields) {
    const group = groups[groups.length - 1] ?? [];
    if (field.name === 'final-recipient' && group.some((one) => one.name === 'final-recipient')) groups.push([field]);
    else group.push(field);
  }
  return groups;
}

/** `rfc822; <a@b>`, `RFC822;a@b`, `a@b (Ann)` -> `a@b`. */
function bareAddress(value: string): string {
  const plain = value.replace(/^\s*[\w-]+\s*;\s*/, '').trim();
  return (/<([^<>\s]+)>/.exec(plain)?.[1] ?? plain.split(/[\s,]/)[0] ?? '').replace(/^<|>$/g, '');
}

/** The lines that speak of one recipient; the whole when there is only one. */
function spokenAbout(spoken: string, address: string, count: number): string {
  if (count <= 1) return spoken.slice(0, 4_000);
  const at = spoken.indexOf(address);
  if (at < 0) return '';
  const rest = spoken.slice(at + address.length, at + 1_500);
  const end = rest.search(/\n\s*\n|\n\s*<?[\w.+-]+@[\w.-]+>?:?\s*\n/);
  return end < 0 ? rest : rest.slice(0, end);
}
