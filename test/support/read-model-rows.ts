import { Readers } from '@app/core';
import { EventStore } from '@app/event-store';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';

/**
 * Every row of every read model; each position as the number of its event in the log, since each store counts in its own way. So the
 * rows of an instance and of its copy in another store can be compared.
 */
export const rowsOf = async (app: Pick<NestFastifyApplication, 'get'>): Promise<Readonly<Record<string, readonly string[]>>> => {
  const events = await app.get(EventStore, { strict: false }).readAll(0n, 10_000);
  const numbers = new Map(events.map(({ position }, n) => [position.toString(), n + 1]));
  const replaced = (key: string, value: unknown): unknown => {
    const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
    if (key === 'position' || key === 'event_position') return numbers.get(text) ?? value;
    const [, padded = '', at] = key === 'seq' ? (/^(\d{19})-(\d{5})$/.exec(text) ?? []) : [];
    return at === undefined ? value : `${String(numbers.get(BigInt(padded).toString()))}-${at}`;
  };
  const tables = app.get(Readers, { strict: false }).readModels.flatMap((model) => model.tables);
  const all: Record<string, readonly string[]> = {};
  for (const table of tables) {
    const rows = await app.get(DataSource, { strict: false }).query<{ row: unknown }[]>(`select to_jsonb(t) as row from "${table}" t`);
    all[table] = rows.map(({ row }) => JSON.stringify(row, replaced)).sort();
  }
  return all;
};
