// npm run dev: the server anew at each change of its sources, the screens through Vite with its own reload, the widget
// built anew. The server listens on PORT + 1 and Vite on PORT, so that the address is the one of npm start.
import { spawn, spawnSync } from 'node:child_process';
import { watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, createServer } from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const port = Number(process.env.PORT || 3000);
const host = process.env.HOST || '127.0.0.1';
const publicUrl = process.env.PUBLIC_URL || `http://localhost:${port}`;
const behind = `http://127.0.0.1:${port + 1}`;
/** An editor writes several files at once; the server waits for the last, in ms. */
const settleMs = 200;

const screens = await createServer({
  configFile: join(root, 'web', 'vite.config.ts'),
  server: {
    port,
    host,
    strictPort: true,
    proxy: {
      // Sources of the chat lie below /widget too: only what the server itself answers goes to it.
      '^/(api|healthz|readyz|metrics|hooks|widget\\.js|widget/(launcher|chat|assets|uploads|files))': {
        target: behind,
      },
      '/socket.io': { target: behind, ws: true },
    },
  },
});
await screens.listen().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
const widget = await build({
  configFile: join(root, 'web', 'widget', 'vite.config.ts'),
  logLevel: 'warn',
  build: { watch: {} },
});

let server = start();
let settling;
let stopping = false;

watch(join(root, 'server'), { recursive: true }, (_event, name) => {
  if (!/\.(ts|json)$/.test(name ?? '') || /generated/.test(name ?? '')) return;
  again(() => undefined);
});
watch(join(root, 'prisma', 'schema.prisma'), () => again(generate));

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  // Vite's own would end this process before the server has stopped.
  process.removeAllListeners(signal);
  process.on(signal, () => void stop());
}

function start() {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'server', 'main.ts')], {
    cwd: root,
    stdio: 'inherit',
    // Out of the terminal's group: Ctrl-C comes here first, and the server is asked to stop once.
    detached: true,
    env: { ...process.env, PORT: String(port + 1), HOST: '127.0.0.1', PUBLIC_URL: publicUrl },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  void ended.then((code) => {
    if (code !== 0 && !stopping) console.log('The server has stopped; it starts again at the next change.');
  });
  return { child, ended };
}

/** One after the other: the old server lets go of the database before the new one takes it. */
function again(before) {
  clearTimeout(settling);
  settling = setTimeout(async () => {
    const old = server;
    old.child.kill('SIGTERM');
    await old.ended;
    if (stopping || old !== server) return;
    before();
    console.log('Changed; starting the server again.');
    server = start();
  }, settleMs);
}

function generate() {
  spawnSync(process.execPath, [join(root, 'server', 'setup.mjs'), 'generate'], { stdio: 'inherit' });
}

async function stop() {
  if (stopping) return;
  stopping = true;
  clearTimeout(settling);
  server.child.kill('SIGTERM');
  await server.ended;
  await widget.close();
  // Open pages would keep it waiting.
  void screens.close();
  process.exit(0);
}
