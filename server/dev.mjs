// npm run dev: the server anew at each change of its sources, the screens through Vite with its own reload.
// The server listens on PORT + 1 and Vite on PORT, so that the address is the one of npm start.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const port = Number(process.env.PORT || 3000);
const host = process.env.HOST || '127.0.0.1';
const publicUrl = process.env.PUBLIC_URL || `http://localhost:${port}`;
const behind = `http://127.0.0.1:${port + 1}`;

const server = spawn(
  process.execPath,
  [
    join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs'),
    'watch',
    '--clear-screen=false',
    join(root, 'server', 'main.ts'),
  ],
  { stdio: 'inherit', env: { ...process.env, PORT: String(port + 1), HOST: '127.0.0.1', PUBLIC_URL: publicUrl } },
);
const screens = await createServer({
  configFile: join(root, 'web', 'vite.config.ts'),
  server: {
    port,
    host,
    strictPort: true,
    proxy: {
      '^/(api|healthz|readyz|metrics|chat|hooks|widget\\.js)': { target: behind },
      '/socket.io': { target: behind, ws: true },
    },
  },
});
await screens.listen();

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  await screens.close();
  server.kill('SIGTERM');
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());
server.once('exit', (code) => void stop().then(() => process.exit(code ?? 0)));
