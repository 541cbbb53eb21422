import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  isSignedFile,
  isSignedUser,
  newVisitor,
  readVisitor,
  signFile,
  signVisitor,
} from '../../../server/channels/chat/token.ts';

const secret = 'a secret of this Parley';

describe('a visitor token', () => {
  it('names the visitor it was made for', () => {
    const visitor = newVisitor('shop-user-7');
    expect(readVisitor(secret, 'channel-1', signVisitor(secret, 'channel-1', visitor))).toEqual(visitor);
  });

  it('is worth nothing in another chat, under another secret or changed by a letter', () => {
    const token = signVisitor(secret, 'channel-1', newVisitor());
    expect(readVisitor(secret, 'channel-2', token)).toBeNull();
    expect(readVisitor('another secret', 'channel-1', token)).toBeNull();
    const [version, claim = '', signature] = token.split('.');
    const forged = Buffer.from(JSON.stringify(['somebody-else', null])).toString('base64url');
    expect(readVisitor(secret, 'channel-1', [version, forged, signature].join('.'))).toBeNull();
    expect(readVisitor(secret, 'channel-1', [version, claim].join('.'))).toBeNull();
    expect(readVisitor(secret, 'channel-1', `${token}.more`)).toBeNull();
    expect(readVisitor(secret, 'channel-1', '')).toBeNull();
  });
});

describe('a shop user', () => {
  const signed = (user: string) => createHmac('sha256', 'shop secret').update(user).digest('hex');

  it('is believed when the shop signed the id', () => {
    expect(isSignedUser('shop secret', 'user-7', signed('user-7'))).toBe(true);
    expect(isSignedUser('shop secret', 'user-7', signed('user-7').toUpperCase())).toBe(true);
  });

  it('is not believed with the signature of another, with none, or when the shop has no secret', () => {
    expect(isSignedUser('shop secret', 'user-8', signed('user-7'))).toBe(false);
    expect(isSignedUser('shop secret', 'user-7', '')).toBe(false);
    expect(isSignedUser(undefined, 'user-7', createHmac('sha256', '').update('user-7').digest('hex'))).toBe(false);
    expect(isSignedUser('', 'user-7', createHmac('sha256', '').update('user-7').digest('hex'))).toBe(false);
  });
});

describe('the address of a file', () => {
  it('opens that file and no other', () => {
    const signature = signFile(secret, 'file-1');
    expect(isSignedFile(secret, 'file-1', signature)).toBe(true);
    expect(isSignedFile(secret, 'file-2', signature)).toBe(false);
  });
});
