import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line between a browser and the application that a test can cut. */
export interface TestLine {
  port: number;
  /** Where what comes in goes; set once the application listens. */
  target: number;
  /** Ends every connection and takes no new one. */
  cut(): void;
  /** What the application says no longer arrives; what is said to it still does. */
  deafen(): void;
  /** As new. */
  mend(): void;
  stop(): Promise<void>;
}

export async function startLine(): Promise<TestLine> {
  let state: 'whole' | 'cut' | 'deaf' = 'whole';
  const open = new Set<Socket>();
  const end = () => {
    for (const socket of open) socket.destroy();
  };
  const server = createServer((near) => {
    if (state === 'cut') return void near.destroy();
    const far = connect(line.target, '127.0.0.1');
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => state !== 'deaf' && near.write(bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const line: TestLine = {
    port: (server.address() as AddressInfo).port,
    target: 0,
    cut() {
      state = 'cut';
      end();
    },
    deafen() {
      state = 'deaf';
    },
    mend() {
      if (state === 'deaf') end();
      state = 'whole';
    },
    async stop() {
      end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return line;
}
