import { expect, test } from 'vitest';
import { parse } from '../../../server/channels/telegram/parse.ts';
import { update } from '../../../server/channels/telegram/update.ts';

const connectedAt = new Date('2026-05-04T09:00:00.500Z');
const date = Date.parse('2026-05-04T10:00:00Z') / 1000;
const mina = { id: 77, is_bot: false, first_name: 'Mina', last_name: 'Ahmadi', username: 'mina', language_code: 'fa' };
const chat = { id: 77, type: 'private' };

const said = (content: object, outer = 'message') =>
  parse(update.parse({ update_id: 5, [outer]: { message_id: 9, date, from: mina, chat, ...content } }), connectedAt);

function message(content: object, outer?: string) {
  const parsed = said(content, outer);
  if (parsed.kind !== 'message') throw new Error(`it was ${parsed.kind}`);
  return { ...parsed.message, files: parsed.message.remoteFiles ?? [] };
}

test('a text comes with its writer, Telegram’s own time and a key that survives re-delivery', () => {
  const it = message({ text: 'Have you got the A55?' });
  expect(it.text).toBe('Have you got the A55?');
  expect(it.from).toEqual([{ kind: 'telegram', value: '77', name: 'Mina Ahmadi', verified: true }]);
  expect(it.externalId).toBe('77:9');
  expect(it.messageId).toBe('77:9');
  expect(it.arrivedAt.toISOString()).toBe('2026-05-04T10:00:00.000Z');
  expect(it.language).toBe('fa');
  expect(it.html).toBeNull();
  expect(it.raw).toBeNull();
});

test('formatting becomes safe HTML and overlapping entities still nest', () => {
  const entities = [
    { type: 'bold', offset: 0, length: 6 },
    { type: 'italic', offset: 4, length: 6 },
    { type: 'text_link', offset: 11, length: 4, url: 'javascript:alert(1)' },
  ];
  expect(message({ text: 'a <b> & c> link', entities }).html).toBe(
    '<strong>a &lt;b</strong><strong><em>&gt; </em></strong><em>&amp; c&gt;</em> link',
  );
});

test('the largest photo is fetched, with the caption as the text', () => {
  const photo = [
    { file_id: 's', width: 90, height: 90, file_size: 900 },
    { file_id: 'l', width: 1280, height: 960, file_size: 90_000 },
  ];
  const it = message({ photo, caption: 'cracked' });
  expect(it.text).toBe('cracked');
  expect(it.files).toEqual([{ ref: 'l', name: 'photo-9.jpg', type: 'image/jpeg', sizeBytes: 90_000 }]);
});

test.each([
  ['voice', { file_id: 'v', mime_type: 'audio/ogg', duration: 3 }, 'voice-9.ogg'],
  ['video_note', { file_id: 'v', duration: 3, length: 384 }, 'video-note-9.mp4'],
  ['document', { file_id: 'v', file_name: 'receipt.pdf', mime_type: 'application/pdf' }, 'receipt.pdf'],
  ['sticker', { file_id: 'v', emoji: '👍' }, 'sticker-9.webp'],
  ['animation', { file_id: 'v', mime_type: 'video/mp4' }, 'animation-9.mp4'],
])('a %s is a file', (kind, content, name) => {
  const it = message({ [kind]: content, ...(kind === 'animation' ? { document: content } : {}) });
  expect(it.files.map((file) => file.name)).toEqual([name]);
});

test('a file that bots cannot fetch is named in the text instead of vanishing', () => {
  const it = message({ document: { file_id: 'd', file_name: 'film.mp4', file_size: 52_428_800 } });
  expect(it.files).toEqual([]);
  expect(it.text).toContain('film.mp4, 50 MB');
});

test('the own contact proves a phone number', () => {
  const it = message({ contact: { phone_number: '431234567890', first_name: 'Mina', user_id: 77 } });
  expect(it.from[1]).toEqual({ kind: 'phone', value: '+431234567890', name: 'Mina Ahmadi', verified: true });
});

test.each([
  ['of somebody else', { phone_number: '+431234567890', first_name: 'Ali', user_id: 78 }],
  ['without a Telegram user', { phone_number: '+431234567890', first_name: 'Ali' }],
])('a contact %s proves nothing', (_, contact) => {
  const it = message({ contact });
  expect(it.from).toHaveLength(1);
  expect(it.text).toBe('👤 Ali +431234567890');
});

test('a place is a link to a map', () => {
  expect(message({ location: { latitude: 48.2, longitude: 16.37 } }).text).toBe(
    '📍 https://www.openstreetmap.org/?mlat=48.2&mlon=16.37#map=17/48.2/16.37',
  );
});

test('an answer names what it answers and quotes it folded', () => {
  const it = message({ text: 'yes', reply_to_message: { message_id: 4, text: 'Blue?\nOr black?' } });
  expect(it.references).toEqual(['77:4']);
  expect(it.rest).toBe('> Blue?\n> Or black?');
});

test('an edit points at the message it changes', () => {
  const it = message({ text: 'A56, sorry', edit_date: date + 60 }, 'edited_message');
  expect(it.edits).toBe('77:9');
  expect(it.externalId).toBe('edit:5');
  expect(it.arrivedAt.toISOString()).toBe('2026-05-04T10:01:00.000Z');
});

test('a start link keeps its payload', () => {
  expect(message({ text: '/start order_10482' }).detail).toEqual({ why: 'start:order_10482' });
  expect(message({ text: '/start' }).detail).toEqual({ why: 'start' });
  expect(message({ text: 'start' }).detail).toBeNull();
});

test('what was received before the channel was connected is history, the same second is not', () => {
  const at = (seconds: number) => message({ text: 'x', date: Math.floor(connectedAt.getTime() / 1000) + seconds });
  expect(at(-1).historical).toBe(true);
  expect(at(0).historical).toBe(false);
});

test('a kind without words is named and its original kept', () => {
  const it = message({ poll: { id: '1', question: 'Which?' } });
  expect(it.text).toBe('[poll]');
  expect(it.raw).not.toBeNull();
});

test('a forwarded message says whose it was', () => {
  const it = message({ text: 'Sale!', forward_origin: { type: 'hidden_user', sender_user_name: 'Ali', date } });
  expect(it.text).toBe('↪ Ali:\nSale!');
});

test('groups, channels and steps of a live location are not a client’s message', () => {
  expect(said({ text: 'hi', chat: { id: -5, type: 'group' } })).toEqual({ kind: 'ignored', why: 'group' });
  expect(parse(update.parse({ update_id: 1, channel_post: {} }), connectedAt).kind).toBe('ignored');
  const location = { latitude: 1, longitude: 2, live_period: 60 };
  expect(said({ location, edit_date: date }, 'edited_message')).toMatchObject({
    kind: 'ignored',
    why: 'live-location',
  });
  expect(said({ location }).kind).toBe('message');
});

test('a blocked bot is noticed', () => {
  const membership = { chat, from: mina, date, new_chat_member: { status: 'kicked' } };
  expect(parse(update.parse({ update_id: 1, my_chat_member: membership }), connectedAt)).toEqual({
    kind: 'membership',
    userId: '77',
    blocked: true,
  });
});
