/** What the page that embeds the chat and the chat in its frame say to each other by postMessage; types only. */

import type { ShopUser } from '../../server/visitors/schema.ts';

export type FromPage =
  | {
      parley: 'init';
      /** The visitor's token of an earlier visit. */
      token: string | null;
      user: ShopUser | null;
      locale: string | null;
      theme: string | null;
      open: boolean;
    }
  | { parley: 'open' }
  | { parley: 'closed' }
  | { parley: 'identify'; user: ShopUser };

export type FromChat =
  | { parley: 'ready' }
  | { parley: 'token'; token: string; user: string | null }
  /** `label` is the whole name of the button, in the visitor's language. */
  | { parley: 'unread'; count: string; label: string }
  | { parley: 'close' };
