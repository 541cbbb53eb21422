import { type AddressInfo, createConnection, createServer } from 'node:net';

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/**
 * Resolves when a server on this port says its first words, as mail servers do; looks again while it does not.
 * @throws with `log()` after `withinMs`
 */
export async function greeted(port: number, { withinMs, log }: { withinMs: number; log: () => string }): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await saysHello(port))) {
    if (Date.now() > deadline) throw new Error(`the server on port ${port} does not start: ${log()}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

function saysHello(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}
