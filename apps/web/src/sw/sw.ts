/// <reference lib="webworker" />
/**
 * Keeps the shell and the field pages on the phone so that they open without a network. Nothing of the api is ever kept: what
 * people filed lies encrypted in the page's own store. The build puts the files and their version in.
 */
declare const __PRECACHE__: Readonly<{ version: string; files: readonly string[] }>;
const worker = self as unknown as ServiceWorkerGlobalScope;

const { version, files } = __PRECACHE__;
const CACHE = `shell-${version}`;
const PAGE = '/';
/** On a line that hangs the kept page opens rather than none. */
const PATIENCE_MS = 3_000;

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([PAGE, ...files])));
});
worker.addEventListener('activate', (event) => {
  const clean = async (): Promise<void> => {
    const old = (await caches.keys()).filter((name) => name.startsWith('shell-') && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await worker.clients.claim();
  };
  event.waitUntil(clean());
});
worker.addEventListener('message', ({ data }: ExtendableMessageEvent) => {
  if (data === 'take-over') void worker.skipWaiting();
});

const kept = async (request: Request | string): Promise<Response> =>
  (await caches.match(request, { cacheName: CACHE })) ?? Response.error();

/** The newest page where the network answers in time. */
const page = async (request: Request): Promise<Response> => {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  const answer = await Promise.race([fetch(request).catch(() => null), late]);
  return answer?.ok === true ? answer : kept(PAGE);
};
const file = async (request: Request): Promise<Response> => (await caches.match(request, { cacheName: CACHE })) ?? fetch(request);

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin || pathname.startsWith('/api')) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (files.includes(pathname)) event.respondWith(file(request));
});
