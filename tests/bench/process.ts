import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, makeApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { startEmbedded } from '../../server/db/embedded.ts';
import { migrate } from '../../server/db/migrate.ts';
import { newId } from '../../server/lib/id.ts';
import { silentLog } from '../../server/lib/log.ts';
import { sha256 } from '../../server/lib/secretBox.ts';
import { freePort } from '../support/port.ts';

/** One Parley process on a durable PostgreSQL of its own, listening on a free port. */
export interface BenchProcess {
  app: App;
  url: string;
  databaseUrl: string;
  /** API key of a manager. */
  key: string;
  /** Ends it and removes its data. */
  end(): Promise<void>;
}

export async function startProcess(env: Record<string, string> = {}): Promise<BenchProcess> {
  const dir = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const postgres = await startEmbedded({ dir: join(dir, 'postgres') });
  await migrate(postgres.url);
  const port = await freePort();
  const config = readConfig({ DATA_DIR: dir, DATABASE_URL: postgres.url, PORT: String(port), ...env });
  const app = await makeApp({ config, databaseUrl: postgres.url, alone: true, overrides: { log: silentLog } });
  await new Promise<void>((resolve) => app.http.listen(port, '127.0.0.1', resolve));
  const key = 'bench-key';
  const userId = newId();
  await app.deps.db.user.create({ data: { id: userId, name: 'Anna', email: 'anna@shop.example', role: 'manager' } });
  await app.deps.db.apiKey.create({
    data: { id: newId(), userId, name: 'bench', prefix: 'bench', hash: sha256(key) },
  });
  return {
    app,
    url: `http://127.0.0.1:${port}`,
    databaseUrl: postgres.url,
    key,
    async end() {
      await app.stop();
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The value that so many of a hundred stay below. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Number((sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(2));
}
