import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { fieldCodes } from '../../server/lib/inputWords.ts';
import { programProblems, shownProblems } from '../../server/problems.ts';
import { ApiError } from '../../web/shared/api.ts';
import { sayError } from '../../web/shared/ui/sayError.ts';

const wordsOf = (locale: string) =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, `../../web/shared/i18n/locales/${locale}/problems.json`), 'utf8'),
  ) as Record<string, unknown>;

beforeAll(async () => {
  await i18next.init({
    lng: 'fa',
    ns: ['problems', 'common'],
    resources: {
      fa: { problems: wordsOf('fa'), common: { errors: { unexpected: 'unexpected', rateLimited: 'wait' } } },
    },
    interpolation: { escapeValue: false },
  });
});

const refusal = (code: string, title: string, more: Partial<Pick<ApiError, 'errors' | 'problem'>> = {}) =>
  new ApiError(422, code, title, more.errors ?? [], more.problem ?? {});

describe('what the server refuses', () => {
  // That every language says what English says is checked of all words together.
  it('has its own sentence for every code that a person meets', () => {
    const silent = shownProblems.filter((code) => {
      const own = i18next.exists(`problems:${code}`);
      return !own && !(code.endsWith('.notFound') && i18next.exists('problems:notFound'));
    });
    expect(silent).toEqual([]);
    expect(shownProblems.filter((code) => (programProblems as readonly string[]).includes(code))).toEqual([]);
    expect(fieldCodes.filter((code) => !i18next.exists(`problems:field.${code}`))).toEqual([]);
  });

  it('is said in the reader’s language, with its figures, and in English only where nothing else is known', () => {
    expect(sayError(refusal('signIn.invalidEmailOrPassword', 'Invalid email or password'))).toBe(
      'ایمیل یا گذرواژه نادرست است.',
    );
    expect(
      sayError(refusal('tag.tooMany', 'A thread has at most 50 tags.', { problem: { values: { max: 50 } } })),
    ).toBe('برچسب بیشتری روی این گفت‌وگو جا نمی‌شود؛ سقف 50 است.');
    expect(sayError(refusal('thread.notFound', 'There is no such thread.'))).toBe(
      'دیگر اینجا نیست، یا برای نقش شما نیست.',
    );
    const title = 'There is no such team.';
    expect(sayError(refusal('team.unknown', title, { errors: [{ path: 'teamId', message: title }] }))).toBe(
      'چنین تیمی نیست.',
    );
    const errors = [{ path: 'name', message: 'is missing', code: 'required' }];
    expect(sayError(refusal('input.invalid', 'Some of what was sent …', { errors }))).toBe(
      'بخشی از آنچه داده‌اید درست نیست. خالی است',
    );
    expect(sayError(refusal('new.code', 'A new sentence.'))).toBe('A new sentence.');
  });
});
