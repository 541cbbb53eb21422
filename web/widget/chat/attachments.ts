import { useRef, useState } from 'preact/hooks';
import type { VisitorAttachment, VisitorError } from '../../../server/visitors/schema.ts';
import { size } from './time.ts';
import type { Words } from './words.ts';

/** As in server/visitors/schema.ts, which decides; here only to say so before an upload. */
const maxFileBytes = 10 * 1024 * 1024;
const maxFiles = 10;

/** A file on its way up, or there. */
export interface LocalFile {
  key: number;
  name: string;
  sizeBytes: number;
  /** 0..1 */
  progress: number;
  stored: VisitorAttachment | null;
  abort(): void;
}

export interface Attachments {
  files: LocalFile[];
  /** What went wrong with the last file, in the visitor's words. */
  problem: string;
  add(files: Iterable<File>): void;
  remove(key: number): void;
  clear(): void;
}

let lastKey = 0;

/** Files of the message being written; each is uploaded at once, so that sending waits for nothing. */
export function useAttachments(words: Words, token: () => Promise<string>): Attachments {
  const [files, setFiles] = useState<LocalFile[]>([]);
  const [problem, setProblem] = useState('');
  const count = useRef(0);
  count.current = files.length;
  const change = (key: number, part: Partial<LocalFile> | null) =>
    setFiles((known) =>
      part === null
        ? known.filter((file) => file.key !== key)
        : known.map((file) => (file.key === key ? { ...file, ...part } : file)),
    );

  function add(chosen: Iterable<File>) {
    setProblem('');
    for (const file of chosen) {
      if (count.current >= maxFiles) return setProblem(words.say('tooMany', { n: maxFiles }));
      if (file.size > maxFileBytes) {
        setProblem(words.say('tooLarge', { name: file.name, size: size(maxFileBytes, words.locale) }));
        continue;
      }
      count.current++;
      begin(file);
    }
  }

  function begin(file: File) {
    const key = ++lastKey;
    const abort = upload(file, token, {
      progress: (progress) => change(key, { progress }),
      stored: (stored) => change(key, { stored, progress: 1 }),
      failed: () => {
        change(key, null);
        setProblem(words.say('uploadFailed', { name: file.name }));
      },
    });
    setFiles((known) => [...known, { key, name: file.name, sizeBytes: file.size, progress: 0, stored: null, abort }]);
  }

  return {
    files,
    problem,
    add,
    remove: (key) => {
      files.find((file) => file.key === key)?.abort();
      change(key, null);
    },
    clear: () => setFiles([]),
  };
}

function upload(
  file: File,
  token: () => Promise<string>,
  on: { progress(share: number): void; stored(attachment: VisitorAttachment): void; failed(): void },
): () => void {
  // fetch does not tell how far an upload is.
  const request = new XMLHttpRequest();
  const form = new FormData();
  form.append('file', file, file.name);
  request.open('POST', `/widget/uploads?channel=${new URLSearchParams(location.search).get('channel') ?? ''}`);
  request.responseType = 'json';
  request.upload.onprogress = (event) => event.lengthComputable && on.progress(event.loaded / event.total);
  request.onload = () => {
    const answer = request.response as VisitorAttachment | VisitorError | null;
    if (request.status === 201 && answer && 'id' in answer) on.stored(answer);
    else on.failed();
  };
  request.onerror = on.failed;
  let isWanted = true;
  void token().then((value) => {
    if (!isWanted) return;
    request.setRequestHeader('Authorization', `Bearer ${value}`);
    request.send(form);
  });
  return () => {
    isWanted = false;
    request.abort();
  };
}
