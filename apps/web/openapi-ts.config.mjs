import path from 'node:path';

const here = import.meta.dirname;

/** Types and one function per operation, over fetch: no other run-time library comes along. */
export default {
  input: path.join(here, 'openapi.json'),
  // The generator's own client does not compile under exactOptionalPropertyTypes; what it exports is checked where it is used.
  output: { path: path.join(here, 'src', 'api', 'generated'), header: ['// @ts-nocheck'] },
  plugins: ['@hey-api/typescript', '@hey-api/client-fetch', '@hey-api/sdk'],
  logs: { path: path.join(here, '..', '..', '.data') },
};
