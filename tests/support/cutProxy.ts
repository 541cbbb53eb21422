import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';

/** A line to a server that can be cut, slowed to nothing, or refused. */
export interface CutProxy {
  port: number;
  /** Every connection is cut after the server has said so many bytes; null lets all through. */
  cutAfterBytes: number | null;
  /** Every connection is cut before the server says this word; null lets all through. */
  cutAtWord: string | null;
  /** Connections are taken and closed at once. */
  refuse: boolean;
  connections: number;
  cutAll(): void;
  close(): Promise<void>;
}

export async function startCutProxy(target: number): Promise<CutProxy> {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    proxy.connections++;
    if (proxy.refuse) {
      near.destroy();
      return;
    }
    const far = createConnection({ port: target, host: '127.0.0.1' });
    let said = 0;
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => {
      if (proxy.cutAtWord !== null && bytes.includes(proxy.cutAtWord)) {
        near.destroy();
        return;
      }
      const left = proxy.cutAfterBytes === null ? bytes.length : proxy.cutAfterBytes - said;
      said += bytes.length;
      if (left < bytes.length) near.end(bytes.subarray(0, Math.max(0, left)), () => near.destroy());
      else near.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const proxy: CutProxy = {
    port: (server.address() as AddressInfo).port,
    cutAfterBytes: null,
    cutAtWord: null,
    refuse: false,
    connections: 0,
    cutAll() {
      for (const socket of open) socket.destroy();
    },
    close() {
      proxy.cutAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return proxy;
}
