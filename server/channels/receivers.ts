import type { Db } from '../db/client.ts';
import { holdLease } from '../jobs/lease.ts';
import type { Log } from '../lib/log.ts';
import type { SecretBox } from '../lib/secretBox.ts';
import type { ChannelHost, Receiver } from './channel.ts';
import { connect } from './connected.ts';
import { adapters } from './registry.ts';

/** The channels that this process receives. */
export interface Receivers {
  /** Channels were made, changed, paused or removed: look now. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

const lookEveryMs = 3_000;

/**
 * Receives every connected channel that no other process receives: each is a lease, renewed here and taken over when its
 * holder is gone. A changed channel is stopped and started afresh.
 */
export function startReceivers(
  tools: { db: Db; box: SecretBox; log: Log; processId: string },
  host: ChannelHost,
): Receivers {
  const running = new Map<string, { version: string; receiver: Receiver }>();
  let stopped = false;
  let looking: Promise<void> = Promise.resolve();

  const look = async () => {
    if (stopped) return;
    const rows = await tools.db.channel.findMany({ where: { removedAt: null, pausedAt: null } });
    const wanted = new Map(rows.map((row) => [row.id, row]));
    for (const [id, current] of running) {
      const row = wanted.get(id);
      const held = row !== undefined && (await holdLease(tools.db, `channel:${id}`, tools.processId));
      if (held && versionOf(row) === current.version) continue;
      running.delete(id);
      await current.receiver.stop();
      if (!held) await tools.db.lease.deleteMany({ where: { name: `channel:${id}`, owner: tools.processId } });
    }
    for (const [id, row] of wanted) {
      if (stopped || running.has(id)) continue;
      if (!(await holdLease(tools.db, `channel:${id}`, tools.processId))) continue;
      try {
        const receiver = adapters[row.kind].receive(connect(tools.box, row) as never, host);
        if (receiver !== null) running.set(id, { version: versionOf(row), receiver });
      } catch (error) {
        await host.health(id, {
          state: 'failed',
          error: `It cannot be started: ${error instanceof Error ? error.message : String(error)}`,
        });
      }
    }
  };
  const refresh = () => {
    looking = looking
      .then(look)
      .catch((error) => tools.log.warn({ error: String(error) }, 'channels could not be looked at; trying again'));
    return looking;
  };
  const timer = setInterval(() => void refresh(), lookEveryMs);
  void refresh();
  return {
    refresh,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await looking;
      await Promise.all([...running.values()].map(({ receiver }) => receiver.stop()));
      running.clear();
    },
  };
}

/** What must start a receiver anew when it changes. */
function versionOf(row: { config: unknown; secrets: Uint8Array | null; connectedAt: Date }): string {
  return `${JSON.stringify(row.config)}|${row.secrets === null ? '' : Buffer.from(row.secrets).toString('base64')}|${row.connectedAt.toISOString()}`;
}
