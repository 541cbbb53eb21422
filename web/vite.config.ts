import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The staff app: built into dist/web; in development served by server/dev.mjs, which knows where the server is. */
export default defineConfig({
  root: here('.'),
  base: '/',
  publicDir: here('./public'),
  plugins: [react(), skeletonFirst(), placesList()],
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 3 },
            // What every first screen needs comes in few files; many small ones wait for each other.
            { name: 'libraries', test: /node_modules/, tags: ['$initial'], priority: 2 },
            { name: 'first', tags: ['$initial'], priority: 1 },
            // The rest of the components goes with the places that use it.
            {
              name: 'parts',
              test: /node_modules\/(@mantine|@tabler|@floating-ui|@tanstack)\//,
              minShareCount: 2,
              entriesAware: true,
              entriesAwareMergeThreshold: 30_000,
            },
          ],
        },
      },
    },
  },
});

/** The scripts and styles go to the end of the page, so that what stands in it is drawn before they have come. */
function skeletonFirst(): Plugin {
  return {
    name: 'parley:skeleton-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const moved: string[] = [];
        const page = html.replace(
          /\s*(<script type="module"[^>]*><\/script>|<link rel="(?:stylesheet|modulepreload)"[^>]*>)/g,
          (_, tag: string) => {
            moved.push(tag);
            return '';
          },
        );
        return page.replace('</body>', `  ${moved.join('\n    ')}\n  </body>`);
      },
    },
  };
}

/** `places.json`: every file that a place may need, for inbox/shell/gatherPlaces.ts. Languages come when they are spoken. */
function placesList(): Plugin {
  return {
    name: 'parley:places',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const files = Object.values(bundle)
        .filter((file) =>
          file.type === 'chunk'
            ? file.facadeModuleId?.includes('/i18n/languages/') !== true
            : file.fileName.endsWith('.css'),
        )
        .map((file) => `/${file.fileName}`);
      this.emitFile({ type: 'asset', fileName: 'places.json', source: JSON.stringify(files) });
    },
  };
}
