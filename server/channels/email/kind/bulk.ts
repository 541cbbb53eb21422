import { header } from '../mime/headers.ts';
import type { Letter } from '../mime/letter.ts';

/**
 * Says why a letter went to many at once (newsletter, advertisement, shop notice), or null.
 *
 * A discussion list also sets List-Id, and a person writes there: with its posting address (RFC 2369 List-Post) or as
 * an answer in a discussion it stays a person's letter.
 */
export function bulkWhy({ headers, inReplyTo, references, subject }: Letter): string | null {
  const has = (name: string) => headers.some((one) => one.name === name);
  const isAnswer =
    inReplyTo.length > 0 || references.length > 0 || /^\s*(re|aw|sv|antw|odp|rép)\s*:/i.test(subject ?? '');
  const isDiscussion =
    has('x-beenthere') || has('x-mailman-version') || /<mailto:/i.test(header(headers, 'list-post') ?? '');
  if (isAnswer || isDiscussion) return null;
  if (has('list-unsubscribe-post')) return 'list-unsubscribe-post';
  if (has('list-unsubscribe')) return 'list-unsubscribe';
  if (has('feedback-id') || has('x-feedback-id')) return 'feedback-id';
  if (has('list-id')) return 'list-id';
  const precedence = (header(headers, 'precedence') ?? '').toLowerCase();
  if (/^(bulk|junk|list)\b/.test(precedence)) return `precedence-${precedence.split(/\W/)[0]}`;
  return has('x-campaign') || has('x-campaignid') || has('x-mailer-campaign') ? 'campaign' : null;
}
