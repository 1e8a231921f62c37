import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** What opens without a network: the shell and these pages, with all they import. */
const OFFLINE = /\/src\/(main\.tsx|pages\/field\/|pages\/sign-in\/|offline\/)/;

const withImports = (bundle, start) => {
  const files = new Set();
  const visit = (name) => {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || files.has(name)) return;
    files.add(name);
    for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style);
    chunk.imports.forEach(visit);
  };
  start.forEach(visit);
  return files;
};

/**
 * Builds src/sw/sw.ts to /sw.js and writes into it which files to keep, and a version that changes with any of them.
 * @returns {import('vite').Plugin}
 */
export const serviceWorker = (root) => {
  const source = path.join(root, 'src', 'sw', 'sw.ts');
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    config: () => ({
      build: {
        rolldownOptions: {
          input: { index: path.join(root, 'index.html'), sw: source },
          output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
        },
      },
    }),
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
        const wanted = chunks.filter(
          ({ facadeModuleId }) => facadeModuleId !== null && (OFFLINE.test(facadeModuleId) || facadeModuleId.endsWith('index.html')),
        );
        const built = [
          ...withImports(
            bundle,
            wanted.map(({ fileName }) => fileName),
          ),
        ].filter((file) => file !== 'sw.js');
        const open = readdirSync(path.join(root, 'public'));
        const files = [...built, ...open].map((file) => `/${file}`).sort();
        const hash = createHash('sha256').update(files.join('\n'));
        for (const file of open) hash.update(readFileSync(path.join(root, 'public', file)));
        const page = bundle['index.html'];
        if (page?.type === 'asset') hash.update(page.source);
        const worker = chunks.find(({ fileName }) => fileName === 'sw.js');
        if (worker === undefined || worker.imports.length > 0) this.error('sw.ts is built by itself and imports nothing');
        worker.code = worker.code.replaceAll('__PRECACHE__', JSON.stringify({ version: hash.digest('hex').slice(0, 12), files }));
      },
    },
  };
};
