import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { EventStore } from '@app/event-store';
import { Workbook } from 'exceljs';
import { DataSource } from 'typeorm';
import type { Client } from './client';
import type { Product } from './product';

/** What stands for a text where it was only written differently: bytes in hexadecimal, base64 at each of its three offsets. */
const guises = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret);
  const inner = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(before === 0 ? 0 : 4, Math.floor((before + bytes.length) / 3) * 4);
  });
  return [secret, bytes.toString('hex'), ...inner];
};

/** `table: secret` for every table of the database, in any schema, that holds one of the texts in any column; `events` wherever they are kept. */
export const tablesWith = async (product: Product, secrets: readonly string[]): Promise<readonly string[]> => {
  const database = product.app.get(DataSource);
  const tables = await database.query<{ schema: string; name: string }[]>(
    `select table_schema as schema, table_name as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by 1, 2`,
  );
  if (tables.length < 20) throw new Error('where are the tables?');
  const hits: string[] = [];
  for (const { schema, name } of tables) {
    const found = await database.query<{ secret: string }[]>(
      `select distinct s.secret from "${schema}"."${name}" t, unnest($1::text[]) s (secret) where strpos(t::text, s.secret) > 0`,
      [secrets.flatMap(guises)],
    );
    hits.push(...found.map(({ secret }) => `${name}: ${secret}`));
  }
  const events = await product.app.get(EventStore).readAll(0n, 10_000);
  const texts = events.map(({ stream, data, metadata }) => JSON.stringify([stream, data, metadata]));
  const inEvents = secrets.flatMap(guises).filter((secret) => texts.some((text) => text.includes(secret)));
  return [...new Set([...hits, ...inEvents.map((secret) => `events: ${secret}`)])];
};

/** By its code alone: an error of the file system is of no class that a test knows. */
const isGone = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

/** Files below the data directory, by their way from it, that hold one of the texts. */
export const filesWith = async (product: Product, secrets: readonly string[]): Promise<readonly string[]> => {
  try {
    const entries = await readdir(product.dataDir, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    const hits = await Promise.all(
      files.map(async (file) => {
        const bytes = await readFile(file);
        return secrets.some((secret) => bytes.includes(secret) || file.includes(secret)) ? [path.relative(product.dataDir, file)] : [];
      }),
    );
    return hits.flat().sort();
  } catch (error) {
    // A backup under way moves its folder while one looks: then it is looked at again.
    if (isGone(error)) return filesWith(product, secrets);
    throw error;
  }
};

/** Every cell of a sheet that an address gives, as one text. */
export const sheetText = async (product: Product, client: Client, url: string): Promise<string> => {
  const answer = await product.app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${client.bearer ?? ''}` } });
  if (answer.statusCode !== 200) throw new Error(`${String(answer.statusCode)} ${answer.body}`);
  const book = new Workbook();
  await book.xlsx.load(answer.rawPayload as never);
  return JSON.stringify(book.worksheets.map((sheet) => sheet.getSheetValues()));
};

/** Keeps what the program writes to its two outputs from now on; `end` gives them back. */
export const captureOutput = (): Readonly<{ text: () => string; end: () => void }> => {
  let text = '';
  const ends = [process.stdout, process.stderr].map((stream) => {
    const write = stream.write.bind(stream);
    stream.write = (chunk: string | Uint8Array) => {
      text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      return true;
    };
    return () => (stream.write = write);
  });
  return { text: () => text, end: () => ends.forEach((end) => end()) };
};
