import { z } from 'zod';

/** What is wrong with one field: for callers in words, for screens by code and figures. */
export interface InputProblem {
  path: string;
  message: string;
  /** Stable; a word of `problems:field` on the screens, absent where only the English words are known. */
  code?: string;
  values?: Record<string, string | number>;
}

/** What zod tells of one issue; only what the words need. */
interface Issue {
  code?: string | undefined;
  path?: readonly PropertyKey[] | undefined;
  message?: string | undefined;
  expected?: unknown;
  input?: unknown;
  format?: unknown;
  origin?: unknown;
  minimum?: unknown;
  maximum?: unknown;
  values?: unknown;
  keys?: unknown;
}

/** From here on every schema of this process says in plain words what it refuses, unless the schema has its own. */
export function speakPlainly(): void {
  z.config({ customError: (issue) => sentence(plain(issue as Issue)) });
}

/** zod's issues as a problem's `errors`; `under` stands before each path. */
export function inputProblems(issues: readonly Issue[], under: string[] = []): InputProblem[] {
  return issues.map((issue) => {
    const path = [...under, ...(issue.path ?? []).map(String)].join('.');
    const said = plain(issue);
    const message = sentence(said);
    if (issue.message === undefined || issue.message === message) return { path, message, ...said };
    // An issue no longer holds what was sent; its words still tell that nothing was.
    if (issue.message === words.required) return { path, message: issue.message, code: 'required' };
    // The schema's own words.
    const code = own[issue.message];
    return { path, message: issue.message, ...(code === undefined ? {} : { code }) };
  });
}

const words = {
  required: 'is missing',
  text: 'must be text',
  number: 'must be a number',
  whole: 'must be a whole number',
  yesNo: 'must be true or false',
  list: 'must be a list',
  object: 'must be an object',
  date: 'must be a time as 2026-05-01T10:00:00.000Z',
  day: 'must be a date as 2026-05-01',
  email: 'must be an e-mail address',
  url: 'must be a web address',
  id: 'must be an id (a UUID)',
  choice: 'must be one of: {choices}',
  tooLong: 'is too long: at most {max} characters',
  tooShort: 'is too short: at least {min} characters',
  empty: 'must not be empty',
  tooMany: 'holds too many: at most {max}',
  tooFew: 'holds too few: at least {min}',
  tooLarge: 'is too large: at most {max}',
  tooSmall: 'is too small: at least {min}',
  unknownField: 'is not known here: {fields}',
  form: 'is not written as it should be',
  other: 'is not one of what is taken here',
} as const;

/** Words that schemas have of their own, and their codes on the screens. */
const own: Record<string, string> = {
  'must not be empty': 'empty',
  'name it': 'empty',
  'write an answer': 'empty',
  'ask something': 'empty',
  'must be a UUID': 'id',
  'a colour like #1971c2': 'colour',
  'a domain like shop.example': 'domain',
  'letters, digits and hyphens': 'letters',
  'the number of a Telegram account': 'telegram',
  'a time as HH:mm': 'wallTime',
  'ends after it begins; over midnight is two slots, to 24:00 and from 00:00': 'slot',
  'one after the other, without overlap': 'overlap',
  'an IANA time zone, as Europe/Berlin': 'timezone',
  'write something or attach a file': 'nothing',
  'say to whom': 'whom',
  'say to whom: clientId or email': 'whom',
  'ask one colleague, one team or one store': 'whom',
  'say which clients': 'clients',
  'must hold a letter or a digit': 'letter',
};

interface Said {
  code: keyof typeof words;
  values?: Record<string, string | number>;
}

function plain(issue: Issue): Said {
  switch (issue.code) {
    case 'invalid_type':
      return { code: 'input' in issue && issue.input === undefined ? 'required' : typeWord(issue) };
    case 'too_big':
      return bound('max', issue.maximum, issue.origin);
    case 'too_small':
      return bound('min', issue.minimum, issue.origin);
    case 'invalid_format':
      return { code: formatWords[String(issue.format)] ?? 'form' };
    case 'invalid_value':
      return { code: 'choice', values: { choices: (issue.values as unknown[]).map(String).join(', ') } };
    case 'unrecognized_keys':
      return { code: 'unknownField', values: { fields: (issue.keys as string[]).join(', ') } };
    case 'not_multiple_of':
      return { code: 'whole' };
    default:
      return { code: 'other' };
  }
}

const typeWords: Record<string, keyof typeof words> = {
  string: 'text',
  number: 'number',
  int: 'whole',
  boolean: 'yesNo',
  array: 'list',
  object: 'object',
  record: 'object',
  date: 'date',
};

function typeWord({ expected, format }: Issue): keyof typeof words {
  return format === 'safeint' ? 'whole' : (typeWords[String(expected)] ?? 'other');
}

const formatWords: Record<string, keyof typeof words> = {
  uuid: 'id',
  email: 'email',
  url: 'url',
  datetime: 'date',
  date: 'day',
};

function bound(side: 'min' | 'max', value: unknown, origin: unknown): Said {
  const limit = typeof value === 'number' ? value : String(value);
  if (side === 'min' && limit === 1 && (origin === 'string' || origin === 'array')) return { code: 'empty' };
  const [big, small] =
    origin === 'string'
      ? (['tooLong', 'tooShort'] as const)
      : origin === 'array' || origin === 'set' || origin === 'map'
        ? (['tooMany', 'tooFew'] as const)
        : (['tooLarge', 'tooSmall'] as const);
  return { code: side === 'max' ? big : small, values: { [side]: limit } };
}

function sentence({ code, values = {} }: Said): string {
  return words[code].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** Every code that a field's problem may have. */
export const fieldCodes: readonly string[] = [...new Set([...Object.keys(words), ...Object.values(own)])];
