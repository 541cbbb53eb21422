import { headerValues } from './mime/headers.ts';
import type { LetterHeader } from './mime/letter.ts';

export interface Authentication {
  spf?: string;
  dkim?: string;
  dmarc?: string;
}

/**
 * What the receiving server found about the sender (RFC 8601 Authentication-Results).
 *
 * Only the topmost one counts: the receiving server puts its own above everything the sender wrote, and removes others in
 * its name.
 */
export function authenticationOf(headers: LetterHeader[]): Authentication | null {
  const ours = headerValues(headers, 'authentication-results')[0];
  if (!ours) return null;
  const results = ours.replace(/\([^()]*\)/g, ' ');
  const found: Authentication = {};
  for (const method of ['spf', 'dkim', 'dmarc'] as const) {
    // Several signatures: one that passes is enough (RFC 6376 6.1).
    const all = [...results.matchAll(new RegExp(`(?:^|[;\\s])${method}\\s*=\\s*([a-z]+)`, 'gi'))].map(
      (one) => one[1]?.toLowerCase() ?? '',
    );
    const value = all.includes('pass') ? 'pass' : all[0];
    if (value) found[method] = value;
  }
  return Object.keys(found).length > 0 ? found : null;
}
