import type { Page } from 'playwright-core';

/** One thing that a page left on the device, as far as it can be read: where it lies, and all that stands in it. */
export type Stored = Readonly<{ where: string; text: string }>;

/**
 * Everything that the browser keeps for the page, read as a thief with the device in hand would: every value of every IndexedDB
 * store, local and session storage, caches, readable cookies, and the address. Bytes are read as UTF-8, UTF-16 and Latin-1.
 */
export const storedBy = (page: Page): Promise<readonly Stored[]> =>
  page.evaluate(async () => {
    const found: { where: string; text: string }[] = [];
    const readings = (bytes: Uint8Array): string =>
      ['utf-8', 'utf-16le', 'latin1'].map((encoding) => new TextDecoder(encoding).decode(bytes)).join('\n');
    const asText = async (value: unknown): Promise<string> => {
      if (value instanceof Blob) return asText(await value.arrayBuffer());
      if (value instanceof ArrayBuffer) return readings(new Uint8Array(value));
      if (ArrayBuffer.isView(value)) return readings(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      if (Array.isArray(value)) return (await Promise.all(value.map(asText))).join('\n');
      if (value instanceof CryptoKey) return `${value.type} key, ${value.extractable ? 'can' : 'cannot'} be taken out`;
      if (typeof value === 'object' && value !== null) return asText(Object.entries(value).flat());
      return String(value);
    };
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('unreadable'));
      });
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const reading = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([settled(reading.getAllKeys()), settled(reading.getAll())]);
        for (const [at, value] of values.entries()) {
          found.push({ where: `indexedDB ${name}/${store}`, text: `${await asText(keys[at])}\n${await asText(value)}` });
        }
      }
      database.close();
    }
    for (const [where, storage] of [
      ['localStorage', localStorage],
      ['sessionStorage', sessionStorage],
    ] as const) {
      for (const [key, value] of Object.entries(storage)) found.push({ where, text: `${key}\n${String(value)}` });
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const kept = await cache.match(request);
        found.push({ where: `cache ${name}`, text: `${request.url}\n${(await kept?.text()) ?? ''}` });
      }
    }
    found.push({ where: 'cookies', text: document.cookie }, { where: 'address', text: `${location.href}\n${await asText(history.state)}` });
    return found;
  });

/** Where one of the secrets stands in the clear; empty is good. */
export const inTheClear = (stored: readonly Stored[], secrets: readonly string[]): readonly string[] =>
  stored.flatMap(({ where, text }) => secrets.filter((secret) => text.includes(secret)).map((secret) => `${where}: ${secret}`));

/** How many records of a kind lie in the phone's own store; without opening it. */
export const keptOnPhone = (page: Page, kind: 'draft' | 'photo' | 'package' | 'image'): Promise<number> =>
  page.evaluate(async (wanted) => {
    const known = (await indexedDB.databases()).some(({ name }) => name === 'qingling');
    if (!known) return 0;
    return new Promise<number>((resolve, reject) => {
      const opening = indexedDB.open('qingling');
      opening.onerror = () => reject(opening.error ?? new Error('unreadable'));
      opening.onsuccess = () => {
        const database = opening.result;
        const counting = database.transaction('records').objectStore('records').index('kind').count(wanted);
        counting.onsuccess = () => resolve(counting.result);
        counting.onerror = () => reject(counting.error ?? new Error('unreadable'));
        counting.transaction?.addEventListener('complete', () => database.close());
      };
    });
  }, kind);
