import type { ConnectedChannel } from '../channels/channel.ts';
import { type ChannelRow, connect } from '../channels/connected.ts';
import type { Db } from '../db/client.ts';
import type { SecretBox } from '../lib/secretBox.ts';
import { readShop } from '../shop/settings.ts';

/** A channel as it sends: in the shop's name, where it has none of its own in its settings. */
export async function connectToSend(db: Db, box: SecretBox, row: ChannelRow): Promise<ConnectedChannel> {
  const channel = connect(box, row);
  return { ...channel, name: (await readShop(db)).name || channel.name };
}
