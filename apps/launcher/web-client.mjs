import { generateWebClient } from './lib/web-client.mjs';

await generateWebClient();
