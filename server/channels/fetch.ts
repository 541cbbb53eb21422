import type { Deps } from '../deps.ts';
import { type RemoteFile, SendError } from './channel.ts';
import { connect, findChannel } from './connected.ts';
import { adapters } from './registry.ts';

/** Brings a file that one of a channel's messages named. @throws SendError, permanent when it can never be had */
export async function fetchFromChannel(
  { db, box, host }: Pick<Deps, 'db' | 'box' | 'host'>,
  channelId: string,
  file: RemoteFile,
): Promise<Uint8Array> {
  const row = await findChannel(db, channelId).catch(() => null);
  const fetchFile = row && adapters[row.kind].fetchFile;
  if (!row || !fetchFile) throw new SendError('The channel it came by has been removed', { permanent: true });
  return fetchFile(connect(box, row) as never, file, host);
}
