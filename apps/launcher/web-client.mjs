import { generateWebClient } from './lib/web.mjs';

await generateWebClient();
