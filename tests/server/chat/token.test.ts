import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  fileAddress,
  isFileSignature,
  isSignedUser,
  newVisitor,
  readVisitor,
  signVisitor,
  visitorOf,
} from '../../../server/channels/chat/token.ts';
import { secretBox } from '../../../server/lib/secretBox.ts';

const box = secretBox('a secret of this Parley');

describe('a visitor token', () => {
  it('names the visitor it was made for', () => {
    const visitor = newVisitor('shop-user-7');
    expect(readVisitor(box, 'channel-1', signVisitor(box, 'channel-1', visitor))).toEqual(visitor);
  });

  it('is worth nothing in another chat, under another secret or changed by a letter', () => {
    const token = signVisitor(box, 'channel-1', newVisitor());
    expect(readVisitor(box, 'channel-2', token)).toBeNull();
    expect(readVisitor(secretBox('another secret'), 'channel-1', token)).toBeNull();
    const [version, claim = '', signature] = token.split('.');
    const forged = Buffer.from(JSON.stringify(['somebody-else', null])).toString('base64url');
    expect(readVisitor(box, 'channel-1', [version, forged, signature].join('.'))).toBeNull();
    expect(readVisitor(box, 'channel-1', [version, claim].join('.'))).toBeNull();
    expect(readVisitor(box, 'channel-1', `${token}.more`)).toBeNull();
    expect(readVisitor(box, 'channel-1', '')).toBeNull();
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

describe('who comes back', () => {
  const anonymous = newVisitor();
  const loggedIn = newVisitor('user-7');

  it('is the same visitor, also when they have just logged in', () => {
    expect(visitorOf(anonymous, null)).toEqual(anonymous);
    expect(visitorOf(loggedIn, 'user-7')).toEqual(loggedIn);
    expect(visitorOf(anonymous, 'user-7')).toEqual({ id: anonymous.id, shopUser: 'user-7' });
  });

  it('is somebody new at the screen where another user was logged in', () => {
    expect(visitorOf(loggedIn, null).id).not.toBe(loggedIn.id);
    expect(visitorOf(loggedIn, 'user-8').id).not.toBe(loggedIn.id);
    expect(visitorOf(null, 'user-8').shopUser).toBe('user-8');
  });
});

describe('the address of a file', () => {
  it('opens that file and no other', () => {
    const signature = fileAddress(box, 'file-1').split('/').at(-1) ?? '';
    expect(isFileSignature(box, 'file-1', signature)).toBe(true);
    expect(isFileSignature(box, 'file-2', signature)).toBe(false);
    expect(isFileSignature(box, 'file-1', signature.slice(0, 16))).toBe(false);
  });
});
