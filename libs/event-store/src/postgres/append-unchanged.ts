import type { Pool } from 'pg';
import type { PreparedEvent } from '../append-arguments';
import { settled } from './settled';
import { textArray } from './text-array';

export type PreparedStream = Readonly<{ stream: string; events: readonly PreparedEvent[] }>;

/**
 * One statement for all of them. It may be asked again when its answer was lost: what is stored by then has changed its stream, which is
 * so answered as left alone. Errors: StoreUnavailable, what the server refuses.
 */
export const appendUnchanged = async (
  pool: Pool,
  since: bigint,
  appends: readonly PreparedStream[],
  settleWithinMs: number,
): Promise<ReadonlySet<string>> => {
  const events = appends.flatMap((one) => one.events);
  const query = {
    name: 'append-unchanged',
    text: 'select append_unchanged($1,$2,$3,$4,$5,$6,$7,$8) as left',
    values: [
      since.toString(),
      textArray(appends.flatMap((one) => one.events.map(() => one.stream))),
      appends.flatMap((one) => one.events.map((_, n) => n + 1)),
      events.map((e) => e.id),
      textArray(events.map((e) => e.type)),
      events.map((e) => e.version),
      textArray(events.map((e) => e.data)),
      textArray(events.map((e) => e.metadata)),
    ],
  };
  const { rows } = await settled(() => pool.query<Readonly<{ left: readonly string[] }>>(query), settleWithinMs);
  return new Set(rows[0]?.left);
};
