import { type ChannelAdapter, SendError } from '../channel.ts';
import type { EmailConfig } from '../schema.ts';

export const email: ChannelAdapter<EmailConfig> = {
  kind: 'email',
  undoWindowMs: 10_000,
  receive: () => null,
  send: () => Promise.reject(new SendError('This kind of channel cannot send yet.', { permanent: true })),
  test: () => Promise.resolve([]),
};
