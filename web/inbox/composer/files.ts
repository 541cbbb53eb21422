import type { Attachment } from '../../../server/threads/schema.ts';
import { post } from '../../shared/api.ts';

/** A file in a half-written message: going up, there, or refused. */
export interface DraftFile {
  /** Its own name here; `id` is the server's, once it has it. */
  key: string;
  id: string | null;
  name: string;
  sizeBytes: number;
  error: unknown;
}

export function newFile(file: File): DraftFile {
  return { key: crypto.randomUUID(), id: null, name: file.name || 'image.png', sizeBytes: file.size, error: null };
}

/** Sends the file up; throws ApiError (413 too large, 422 not allowed). */
export async function upload(file: File, name: string): Promise<Attachment> {
  const form = new FormData();
  form.set('file', file, name);
  return post<Attachment>('/uploads', form);
}

/** Names and sizes of files that a draft knows by id alone. */
export async function describeFiles(ids: string[]): Promise<DraftFile[]> {
  return Promise.all(
    ids.map(async (id) => {
      const response = await fetch(`/api/v1/attachments/${id}`, { method: 'HEAD', credentials: 'same-origin' });
      const name = nameIn(response.headers.get('content-disposition') ?? '');
      return { key: id, id, name: name ?? id, sizeBytes: Number(response.headers.get('content-length')), error: null };
    }),
  );
}

/** RFC 6266: filename*= before filename=. */
function nameIn(disposition: string): string | null {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (extended !== undefined) return decodeURIComponent(extended);
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? null;
}
