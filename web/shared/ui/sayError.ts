import i18next from 'i18next';
import { ApiError } from '../api.ts';

/** What an error says to its reader: what happened and what to do, in the reader's language where the code is known. */
export function sayError(error: unknown): string {
  if (!(error instanceof ApiError)) return i18next.t('common:errors.unexpected');
  const known = sayCode(error);
  // What is wrong with the one field is often the sentence itself, in English.
  const details = error.errors
    .filter((each) => each.message !== error.message)
    .map((each) => sayField(each))
    .join(' · ');
  return details === '' || details === known ? known : `${known} ${details}`;
}

/** The sentence of a code; of a thing that is not there, the one for all things; else what the server said. */
function sayCode({ code, message, problem, status, retryAfterS }: ApiError): string {
  if (code === 'offline') return i18next.t('common:errors.offline');
  const values = { ...(problem.values as Record<string, string | number> | undefined) };
  for (const key of [`problems:${code}`, `problems:${code.split('.').at(-1)}`])
    if (i18next.exists(key)) return i18next.t(key, values);
  if (status === 429) return i18next.t('common:errors.rateLimited', { seconds: retryAfterS ?? 60 });
  return message === '' ? i18next.t('common:errors.unexpected') : message;
}

/** What is wrong with one field, without its name: the screens have the field before them. */
function sayField({ message, code, values }: ApiError['errors'][number]): string {
  const key = `problems:field.${code}`;
  return code !== undefined && i18next.exists(key) ? i18next.t(key, { ...values }) : message;
}
