// Runs before npm start, test, dev and bench, with nothing but Node: installs, generates and builds what is
// missing or older than its sources, and nothing else, so that the second start is fast.
// Usage: node server/setup.mjs start|test|dev|generate
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const goal = process.argv[2] ?? 'start';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19))
  fail(`Parley needs Node 20.19 or newer; this is ${process.versions.node}.`);

install();
generate();
if (goal === 'start' || goal === 'test') {
  build('server', ['server', 'tsconfig.json', 'tsconfig.build.json'], buildServer);
  build('web', ['web', 'server', 'package-lock.json'], buildWeb);
}

function install() {
  const stamp = 'node_modules/.package-lock.json';
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync('package-lock.json').mtimeMs) return;
  if (existsSync(stamp) && sameLock(stamp)) return;
  say('Installing packages (once, one to three minutes) …');
  // `npm install` and not `npm ci`: both install what the lock says, but some registries serve no builds for other
  // systems (optional packages of Biome), the lock then cannot name them, and `npm ci` refuses such a lock.
  // Install scripts are not needed (engines come as WebAssembly, PostgreSQL's links are made at start) and some
  // of them download from outside the registry.
  run(
    'npm',
    ['install', '--no-save', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    'install the packages',
  );
}

/** A fresh checkout makes every file look new: compare what is installed with what is locked. */
function sameLock(stamp) {
  const installed = JSON.parse(readFileSync(stamp, 'utf8')).packages;
  const locked = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
  return Object.entries(locked).every(
    ([path, entry]) => path === '' || entry.optional || entry.peer || installed[path]?.version === entry.version,
  );
}

function generate() {
  once(
    'generate',
    ['prisma/schema.prisma', 'node_modules/@prisma/client/package.json'],
    'server/db/generated/client.ts',
    () => {
      say('Generating the database client …');
      // The schema engine is a download that we replace by its WebAssembly build; any executable's name satisfies the check.
      run(
        process.execPath,
        ['node_modules/prisma/build/index.js', 'generate', '--no-hints'],
        'generate the database client',
        {
          PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
          PRISMA_HIDE_UPDATE_MESSAGE: '1',
        },
      );
    },
  );
}

function build(name, sources, work) {
  once(name, sources, name === 'server' ? 'dist/server/main.js' : 'dist/web/index.html', work);
}

function buildServer() {
  say('Building the server …');
  run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], 'build the server');
}

function buildWeb() {
  say('Building the screens …');
  run(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', '-c', 'web/vite.config.ts'],
    'build the screens',
  );
  run(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', '-c', 'web/widget/vite.config.ts'],
    'build the widget',
  );
  for (const folder of ['dist/web', 'dist/web/assets', 'dist/widget/assets']) pack(folder);
}

/** Leaves a packed copy beside each file of text, for http/packed.ts. */
function pack(folder) {
  for (const name of readdirSync(folder)) {
    if (!/\.(js|css|svg)$/.test(name)) continue;
    const file = join(folder, name);
    const content = readFileSync(file);
    if (content.length < 500) continue;
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    writeFileSync(`${file}.br`, brotliCompressSync(content, { params }));
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  }
}

/** Does `work` unless its sources are the ones it was last done for. */
function once(name, sources, product, work) {
  const stamp = `dist/.stamp-${name}`;
  const digest = digestOf(sources);
  if (existsSync(product) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  work();
  mkdirSync('dist', { recursive: true });
  writeFileSync(stamp, digest);
}

function digestOf(paths) {
  const hash = createHash('sha256');
  const visit = (path) => {
    if (path.endsWith('/generated')) return;
    const entry = lstatSync(path, { throwIfNoEntry: false });
    if (entry === undefined) return;
    if (entry.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  };
  for (const path of paths) visit(path);
  return hash.digest('hex');
}

function run(command, args, what, env = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 64 << 20 });
  if (result.status === 0) return;
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  fail(`Parley could not ${what}${result.error ? `: ${result.error.message}` : ''}. Nothing was started.`);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}
