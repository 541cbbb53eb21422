import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { rootDir } from '../../server/lib/root.ts';
import { freshDatabase } from '../support/database.ts';
import { cleanEnv, watch } from '../support/parley.ts';
import { freePort } from '../support/port.ts';

/** No Docker engine is needed here: its files are read as it would read them, and what the image holds is run without it. */

interface Service {
  build?: string;
  environment?: Record<string, string>;
  healthcheck?: object;
  profiles?: string[];
  volumes?: string[];
}

const dockerfile = readFileSync(join(rootDir, 'Dockerfile'), 'utf8');
const lines = dockerfile.replaceAll('\\\n', ' ').split('\n');
const of = (instruction: string) =>
  lines.flatMap((line) => (line.startsWith(`${instruction} `) ? [line.slice(instruction.length).trim()] : []));

it('the Dockerfile and the compose file are what Docker understands, and speak of what there is', () => {
  expect(validate(dockerfile).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
  expect(of('USER')).toEqual(['node']);
  const compose = parse(readFileSync(join(rootDir, 'docker-compose.yml'), 'utf8')) as {
    services: Record<string, Service>;
    volumes: Record<string, null>;
  };
  const { parley, postgres, s3 } = compose.services;
  expect(parley?.build).toBe('.');
  expect(postgres?.healthcheck).toBeDefined();
  expect(s3?.profiles).toEqual(['s3']);
  const named = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes.map((one) => one.split(':')[0]));
  expect(named.sort()).toEqual(Object.keys(compose.volumes).sort());
  // Every setting is one that config.ts reads.
  const config = readFileSync(join(rootDir, 'server/config.ts'), 'utf8');
  for (const name of Object.keys(parley?.environment ?? {})) expect(config).toMatch(new RegExp(`\\b${name}\\b`));
});

it('what the image holds starts by itself, is healthy, and stops when it is told to', async () => {
  const image = mkdtempSync(join(tmpdir(), 'parley-image-'));
  const data = mkdtempSync(join(tmpdir(), 'parley-image-data-'));
  const database = await freshDatabase();
  try {
    for (const copied of of('COPY').filter((line) => line.startsWith('--from=build'))) {
      const paths = copied.split(/\s+/).slice(1);
      for (const from of paths.slice(0, -1)) {
        const name = from.replace('/parley/', '');
        if (name === 'node_modules') linkForProduction(join(image, name));
        else cpSync(join(rootDir, name), join(image, name), { recursive: true });
      }
    }
    const settings = Object.fromEntries(of('ENV').flatMap((line) => line.split(' ').map((one) => one.split('='))));
    const port = await freePort();
    const env = {
      ...cleanEnv(),
      ...settings,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: data,
      DATABASE_URL: database.url,
      PARLEY_SECRET: 'a secret of thirty-two characters',
    };
    const [command, ...args] = JSON.parse(of('CMD').at(-1) ?? '[]') as string[];
    expect(command).toBe('node');
    // Links are followed to where they stand, so that only what the image has is found.
    const child = spawn(process.execPath, ['--preserve-symlinks', '--preserve-symlinks-main', ...args], {
      cwd: image,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const parley = watch(child, port);
    await parley.ready;
    const check = JSON.parse(/HEALTHCHECK.*?CMD\s+(\[.*\])/.exec(lines.join('\n'))?.[1] ?? '[]') as string[];
    execFileSync(process.execPath, check.slice(1), { env });
    expect((await fetch(`${parley.url}/sign-in`)).status).toBe(200);
    expect(await parley.stop()).toBe(0);
    expect(() => execFileSync(process.execPath, check.slice(1), { env, stdio: 'ignore' })).toThrow();
  } finally {
    await database.drop();
    rmSync(image, { recursive: true, force: true });
    rmSync(data, { recursive: true, force: true });
  }
}, 90_000);

/** The packages that `npm prune --omit=dev` leaves, as links. */
function linkForProduction(folder: string): void {
  const { packages } = JSON.parse(readFileSync(join(rootDir, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  for (const [path, { dev }] of Object.entries(packages)) {
    const inside = path.replace(/^node_modules\//, '');
    // Nested ones come along with what they are nested in.
    if (path === '' || dev === true || inside.includes('node_modules/')) continue;
    const installed = join(rootDir, path);
    if (!existsSync(installed)) continue;
    mkdirSync(dirname(join(folder, inside)), { recursive: true });
    symlinkSync(installed, join(folder, inside));
  }
}
