import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { newId } from '../../server/lib/id.ts';
import { sha256 } from '../../server/lib/secretBox.ts';
import { open, type Parts, shutDown } from '../../server/start.ts';
import { freePort } from '../support/port.ts';

/** A whole Parley with an empty embedded database, and one who may do everything, for a benchmark. */
export interface BenchParley {
  app: App;
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  upload<T>(path: string, name: string, content: string): Promise<T>;
  stop(): Promise<void>;
}

export async function benchParley(env: Record<string, string> = {}): Promise<BenchParley> {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const config = readConfig({
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    PARLEY_TEST: '1',
    LOG_LEVEL: 'error',
    ...env,
  });
  let parts: Parts = {};
  const { app } = await open(
    config,
    (started) => {
      parts = started;
    },
    (sentence) => {
      throw new Error(sentence);
    },
  );
  const id = newId();
  const key = `parley_bench_${id}`;
  await app.deps.db.user.create({
    data: { id, name: 'Bench', email: 'bench@parley.example', emailVerified: true, role: 'admin' },
  });
  await app.deps.db.apiKey.create({
    data: { id: newId(), userId: id, name: 'bench', prefix: key.slice(0, 12), hash: sha256(key) },
  });
  const send = async <T>(method: string, path: string, headers: Record<string, string>, body?: string | FormData) => {
    const answer = await fetch(`${config.publicUrl}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...headers },
      ...(body !== undefined && { body }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 500)}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  return {
    app,
    call: (method, path, body) =>
      send(method, path, { 'content-type': 'application/json' }, body === undefined ? undefined : JSON.stringify(body)),
    upload: (path, name, content) => {
      const form = new FormData();
      form.set('file', new Blob([content]), name);
      return send('POST', path, {}, form);
    },
    async stop() {
      await shutDown(parts);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
