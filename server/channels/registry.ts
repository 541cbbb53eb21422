import type { ChannelAdapter, ChannelKind } from './channel.ts';
import { chat } from './chat/adapter.ts';
import { email } from './email/adapter.ts';
import { phone } from './phone/adapter.ts';
import { telegram } from './telegram/adapter.ts';

/** Every kind of channel there is. */
export const adapters: Record<ChannelKind, ChannelAdapter<never>> = { email, telegram, chat, phone };
