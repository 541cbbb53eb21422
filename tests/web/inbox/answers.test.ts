import { describe, expect, it } from 'vitest';
import type { Message } from '../../../server/threads/schema.ts';
import { answerSince, isAnswered } from '../../../web/inbox/thread/answers.ts';

const said = (id: string, direction: 'inbound' | 'outbound' | 'note', userId: string | null, kind = 'user') =>
  ({ id, direction, author: { kind, userId, name: userId ?? '' } }) as Message;

describe('whether a question has been answered', () => {
  const question = said('question', 'inbound', null, 'client');

  it('is answered by a person’s words to the client, not by a note or the bot', () => {
    expect(isAnswered('question', [question, said('a', 'outbound', 'olga')])).toBe(true);
    expect(isAnswered('question', [question, said('a', 'note', 'olga')])).toBe(false);
    expect(isAnswered('question', [question, said('a', 'outbound', null, 'bot')])).toBe(false);
    expect(isAnswered('question', [said('a', 'outbound', 'olga'), question])).toBe(false);
  });

  it('tells a writer of a colleague’s answer since the first word, and not of the writer’s own', () => {
    const olgas = said('a', 'outbound', 'olga');
    expect(answerSince([question, olgas], 'question', 'mira')).toBe(olgas);
    expect(answerSince([question, said('b', 'outbound', 'mira')], 'question', 'mira')).toBeUndefined();
    expect(answerSince([olgas, question], 'question', 'mira')).toBeUndefined();
    expect(answerSince([olgas], null, 'mira')).toBe(olgas);
    expect(answerSince([olgas], 'taken back', 'mira')).toBeUndefined();
  });
});
