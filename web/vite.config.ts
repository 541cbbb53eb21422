import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = process.env.PARLEY_SERVER ?? 'http://localhost:3000';

/** The staff app: built into dist/web; in development beside a server at PARLEY_SERVER. */
export default defineConfig({
  root: here('.'),
  base: '/',
  publicDir: here('./public'),
  plugins: [react()],
  server: {
    port: Number(process.env.WEB_PORT ?? 5173),
    strictPort: true,
    proxy: { '/api': server, '/socket.io': { target: server, ws: true }, '/healthz': server },
  },
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'mantine', test: /node_modules\/@mantine\/(core|hooks|notifications|store)\// },
            { name: 'data', test: /node_modules\/(@tanstack|i18next|react-i18next|socket\.io|engine\.io)/ },
          ],
        },
      },
    },
  },
});
