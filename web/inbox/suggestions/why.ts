import type { TFunction } from 'i18next';

/** Why there is no answer, in the colleague's language; where it is not known as a word, as it was told to the client. */
export function sayWhy(t: TFunction, why: { code: string; about: string } | undefined, told: string): string {
  return why === undefined ? told : t(`inbox:why.${why.code}`, { about: why.about, defaultValue: told });
}

/** The bot's reason to hand over is kept as `code` or `code: about`. */
export function sayBotReason(t: TFunction, reason: string): string {
  const [, code = '', about = ''] = /^(\w+)(?:: (.*))?$/s.exec(reason) ?? [];
  return code === '' ? reason : sayWhy(t, { code, about }, reason);
}
