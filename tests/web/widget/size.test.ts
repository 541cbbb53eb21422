import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'parley-widget-'));
const gzipped = (file: string) => gzipSync(readFileSync(join(folder, file)), { level: 9 }).byteLength;

beforeAll(async () => {
  await build({
    configFile: join(import.meta.dirname, '../../../web/widget/vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder },
  });
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe('the widget', () => {
  it('has a loader of at most 3 kB, a classic script that imports nothing', () => {
    expect(gzipped('widget.js')).toBeLessThanOrEqual(3_000);
    expect(readFileSync(join(folder, 'widget.js'), 'utf8')).not.toMatch(/\bimport\b|\bexport\b/);
  });

  it('is at most 45 kB in all, socket client and the longest language included', () => {
    const assets = readdirSync(join(folder, 'assets')).map((name) => `assets/${name}`);
    const isLocale = (name: string) => /assets\/(en|fa|ko|ro|ru|sv)-/.test(name);
    const languages = assets.filter(isLocale).map(gzipped);
    expect(languages).toHaveLength(6);
    const rest = ['widget.js', 'chat.html', ...assets.filter((name) => !isLocale(name))].map(gzipped);
    const total = rest.reduce((sum, bytes) => sum + bytes, Math.max(...languages));
    expect(total).toBeLessThanOrEqual(45_000);
  });
});
