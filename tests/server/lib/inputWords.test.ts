import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inputProblems, speakPlainly } from '../../../server/lib/inputWords.ts';

speakPlainly();

const shape = z.strictObject({
  name: z.string().min(1).max(5),
  tags: z.array(z.string()).max(2),
  age: z.coerce.number().int().min(18),
  kind: z.enum(['a', 'b']),
  mail: z.email(),
  id: z.uuid(),
  at: z.iso.datetime({ precision: 3 }),
  colour: z.string().regex(/^#/, 'a colour like #1971c2'),
  note: z.string().refine((text) => text !== 'x', 'in words of its own'),
});
const right = {
  name: 'Ann',
  tags: [],
  age: 20,
  kind: 'a',
  mail: 'a@shop.example',
  id: '019a0000-0000-7000-8000-000000000000',
  at: '2026-05-01T10:00:00.000Z',
  colour: '#fff',
  note: '',
};

const said = (wrong: object) => inputProblems(shape.safeParse({ ...right, ...wrong }).error?.issues ?? []);

describe('what is wrong with what was sent', () => {
  it('is said in plain words, with a code and figures for the screens', () => {
    expect(said({})).toEqual([]);
    expect(said({ name: undefined })).toEqual([{ path: 'name', message: 'is missing', code: 'required' }]);
    expect(said({ name: 7 })).toEqual([{ path: 'name', message: 'must be text', code: 'text' }]);
    expect(said({ name: '' })).toMatchObject([{ message: 'must not be empty', code: 'empty' }]);
    expect(said({ name: 'Annabel' })).toEqual([
      { path: 'name', message: 'is too long: at most 5 characters', code: 'tooLong', values: { max: 5 } },
    ]);
    expect(said({ tags: ['a', 2] })).toMatchObject([{ path: 'tags.1', message: 'must be text' }]);
    expect(said({ tags: ['a', 'b', 'c'] })).toMatchObject([{ message: 'holds too many: at most 2' }]);
    expect(said({ age: 'old' })).toMatchObject([{ message: 'must be a number' }]);
    expect(said({ age: 18.5 })).toMatchObject([{ message: 'must be a whole number' }]);
    expect(said({ age: 3 })).toMatchObject([{ message: 'is too small: at least 18', values: { min: 18 } }]);
    expect(said({ kind: 'c' })).toMatchObject([{ message: 'must be one of: a, b' }]);
    expect(said({ mail: 'nobody' })).toMatchObject([{ message: 'must be an e-mail address' }]);
    expect(said({ id: '7' })).toMatchObject([{ message: 'must be an id (a UUID)' }]);
    expect(said({ at: 'soon' })).toMatchObject([{ message: 'must be a time as 2026-05-01T10:00:00.000Z' }]);
    expect(said({ colour: 'red' })).toEqual([{ path: 'colour', message: 'a colour like #1971c2', code: 'colour' }]);
    expect(said({ note: 'x' })).toEqual([{ path: 'note', message: 'in words of its own' }]);
    expect(said({ more: 1 })).toMatchObject([{ message: 'is not known here: more' }]);
  });
});
