import path from 'node:path';

const here = import.meta.dirname;

/** Types and one function per operation, over fetch: no other run-time library comes along. */
export default {
  input: path.join(here, 'openapi.json'),
  output: { path: path.join(here, 'src', 'api', 'generated') },
  plugins: ['@hey-api/typescript', '@hey-api/client-fetch', '@hey-api/sdk'],
  logs: { path: path.join(here, '..', '..', '.data') },
};
