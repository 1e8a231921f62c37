import path from 'node:path';
import { antdStyles } from './build/antd-styles.mjs';
import { serviceWorker } from './build/service-worker.mjs';

const here = import.meta.dirname;

/** @type {import('vite').UserConfig} */
export default {
  root: here,
  plugins: [antdStyles(), serviceWorker(here)],
  build: {
    outDir: path.join(here, '..', '..', 'dist', 'web'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    manifest: true,
    reportCompressedSize: true,
    sourcemap: false,
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
  server: { port: 5173, strictPort: true, proxy: { '/api': process.env.API_URL ?? 'http://127.0.0.1:3000' } },
};
