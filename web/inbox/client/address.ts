import type { Identity } from '../../../server/clients/schema.ts';

/** An address as people know it: of Telegram the name, for its number says nothing to anybody. */
export function addressWords({ kind, value, name }: Pick<Identity, 'kind' | 'value' | 'name'>): string {
  return kind === 'telegram' && name !== '' ? name : value;
}
