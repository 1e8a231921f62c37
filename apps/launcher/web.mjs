import { buildWeb } from './lib/web.mjs';

await buildWeb();
