import type { BouncedRecipient, ClassificationDetail } from '../../channel.ts';
import { parseHeaderBlock } from '../mime/headers.ts';
import type { Letter } from '../mime/letter.ts';
import { maxRecipients } from './bounceText.ts';

/** A complaint about one of our letters (RFC 5965 ARF, and the form that needs the top headers alone); null when it is none. */
export function readFeedback(letter: Letter, originalMessageId: string | null): ClassificationDetail | null {
  const part = letter.reports.find((one) => one.kind === 'feedback');
  const isReport = part || letter.typeParams['report-type']?.toLowerCase() === 'feedback-report';
  const isOutlook = letter.headers.some((one) => /^x-hmxmroriginalrecipient$/.test(one.name));
  if (!isReport && !isOutlook) return null;
  const fields = parseHeaderBlock(part?.text ?? '');
  const value = (name: string) => fields.find((one) => one.name === name)?.value ?? '';
  const named = fields.filter((one) => one.name === 'original-rcpt-to' || one.name === 'removal-recipient');
  const addresses = named.map((one) =>
    one.value
      .replace(/^\s*[\w-]+\s*;\s*/, '')
      .replace(/[<>]/g, '')
      .trim(),
  );
  const recipients: BouncedRecipient[] = [...new Set(addresses.filter(Boolean))]
    .slice(0, maxRecipients)
    .map((address) => ({
      address,
      status: '',
      replyCode: '',
      reason: 'feedback',
      hard: false,
    }));
  return { why: `feedback-${value('feedback-type').toLowerCase() || 'abuse'}`, bounces: recipients, originalMessageId };
}
