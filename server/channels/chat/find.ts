import type { Db } from '../../db/client.ts';
import type { SecretBox } from '../../lib/secretBox.ts';
import { connect } from '../connected.ts';
import type { ChatConfig } from '../schema.ts';

/** A chat as the visitors' side needs it; secrets are in its config. */
export interface Chat {
  id: string;
  /** Public; in the page's script tag. */
  key: string;
  config: ChatConfig;
  botMode: string;
  teamId: string | null;
  storeId: string | null;
}

/** The chat with that public key; null when there is none, or it is paused or removed. */
export async function findChat(db: Db, box: SecretBox, key: string): Promise<Chat | null> {
  const row = await db.channel.findFirst({ where: { key, kind: 'chat', removedAt: null, pausedAt: null } });
  if (row === null) return null;
  const { config } = connect(box, row) as { config: ChatConfig };
  return { id: row.id, key, config, botMode: row.botMode, teamId: row.teamId, storeId: row.storeId };
}
