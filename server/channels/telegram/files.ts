import { type ChannelHost, type ConnectedChannel, type RemoteFile, SendError } from '../channel.ts';
import type { TelegramConfig } from '../schema.ts';
import { call, clientOf } from './client.ts';
import { failureOf } from './failure.ts';
import { DOWNLOAD_LIMIT_BYTES } from './parse.ts';

const DOWNLOAD_LIMIT_MS = 120_000;

/** Brings a file that a client sent. @throws SendError, permanent when Telegram no longer has it */
export async function fetchFile(
  channel: ConnectedChannel<TelegramConfig>,
  file: RemoteFile,
  host: ChannelHost,
): Promise<Uint8Array> {
  const token = channel.config.token ?? '';
  const client = clientOf(token, host.settings.telegramApiRoot);
  const { file_path: path } = await call(client, 'getFile', { file_id: file.ref }).catch((error: unknown) => {
    const failure = failureOf(error);
    throw new SendError(failure.words, {
      permanent: failure.kind === 'message' || failure.kind === 'bot',
      ...(failure.kind === 'again' && failure.afterMs !== null ? { retryAfterMs: failure.afterMs } : {}),
    });
  });
  if (path === undefined || path.startsWith('/')) {
    throw new SendError('Telegram named no address for the file', { permanent: true });
  }
  const root = host.settings.telegramApiRoot.replace(/\/$/, '');
  const response = await fetch(`${root}/file/bot${token}/${path}`, {
    signal: AbortSignal.timeout(DOWNLOAD_LIMIT_MS),
  }).catch(() => null);
  if (!response?.ok || !response.body)
    throw new SendError(`Telegram did not send ${file.name} (${response?.status ?? 'no answer'})`);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.length;
    if (size > DOWNLOAD_LIMIT_BYTES) throw new SendError(`${file.name} is larger than it said`, { permanent: true });
    parts.push(part);
  }
  return Buffer.concat(parts);
}
