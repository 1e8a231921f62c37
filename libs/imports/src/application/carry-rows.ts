import { carryOverIdOf, CarryOverQueries, HandleCarryOver, type CarriedRow } from '@app/carry-overs';
import { Clock, idFrom, localDateOf, type CommandId, type LocalDate } from '@app/kernel';
import { ListReader, RowClaims, type ListSource, type RowContent } from '@app/lists';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { clearedBefore, type ClearedBefore } from '../domain/cleared-before';
import type { ImportJob, ImportRow, ImportTarget } from './import-job';
import { sourceOrDefault } from './row-frame';

const PAGE = 500;
/** Commands under way at a time: the store puts into one commit what arrives together. */
const AT_ONCE = 16;

type ClearedRow = Readonly<{ n: number; rowId: string; content: RowContent }>;
type Carried = Readonly<{ n: number; state: 'carried-over' | 'carried-before' }>;

export const isCarried = ({ state }: Pick<ImportRow, 'state'>): boolean => state === 'carried-over' || state === 'carried-before';

/** The part of a commit before the list: rows that say they were cleared become 历史结转 where somebody chose it (R29). */
@Injectable()
export class CarryRows {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(ListReader) private readonly lists: ListReader,
    @Inject(RowClaims) private readonly claims: RowClaims,
    @Inject(CarryOverQueries) private readonly carryOvers: CarryOverQueries,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** False when it was stopped. Without the choice only rows that an earlier import carried over are kept from the list. */
  async run(job: ImportJob, target: ImportTarget, signal: AbortSignal): Promise<boolean> {
    const { state } = await this.lists.load(target.listId);
    const said = target.draft?.source ?? (state.status === 'absent' ? null : state.source);
    const source = sourceOrDefault(said, job.understood?.titles ?? null);
    for (let after = 0; !signal.aborted;) {
      const rows = await this.rows(job.importId, after);
      const last = rows.at(-1);
      if (last === undefined) return true;
      after = last.n;
      await this.mark(job.importId, target.carryOver === true ? await this.carry(job, source, rows) : await this.known(rows));
    }
    return false;
  }

  private async known(rows: readonly ClearedRow[]): Promise<readonly Carried[]> {
    const known = await this.carryOvers.known(rows.map(({ rowId }) => rowId));
    return rows.flatMap(({ n, rowId }): readonly Carried[] => (known.has(rowId) ? [{ n, state: 'carried-before' }] : []));
  }

  /** A row that a list has already stays what it is there. */
  private async carry(job: ImportJob, source: ListSource, rows: readonly ClearedRow[]): Promise<readonly Carried[]> {
    const held = await this.claims.holders(rows.map(({ rowId }) => rowId));
    const today = localDateOf(this.clock.now());
    const free = rows.flatMap((row) => {
      const cleared = held.has(row.rowId) ? null : clearedIn(job, row.content, today);
      return cleared === null ? [] : [{ row, cleared }];
    });
    const carried: Carried[] = [];
    for (let from = 0; from < free.length; from += AT_ONCE)
      carried.push(...(await Promise.all(free.slice(from, from + AT_ONCE).map((one) => this.carryOne(job, source, one.row, one.cleared)))));
    return carried;
  }

  private async carryOne(job: ImportJob, source: ListSource, { n, rowId, content }: ClearedRow, cleared: ClearedBefore): Promise<Carried> {
    const { number, text, category, subject, place, legs, foundOn } = content;
    const data: CarriedRow = {
      rowId,
      importId: job.importId,
      source,
      number,
      text,
      category,
      subject,
      place,
      unitIds: legs.map(({ unitId }) => unitId),
      foundOn,
      clearedOn: cleared.on,
      said: cleared.said,
    };
    const commandId = idFrom(job.importId, 'carry-over', n) as CommandId;
    const command = new HandleCarryOver(carryOverIdOf(rowId), { type: 'CarryOver', data }, { commandId, by: job.actor });
    const { changed } = await this.bus.execute(command);
    return { n, state: changed ? 'carried-over' : 'carried-before' };
  }

  /** Rows that say they were cleared and can go somewhere; those settled by a run that was cut short are not asked again. */
  private rows(importId: string, after: number): Promise<readonly ClearedRow[]> {
    return this.database.query<readonly ClearedRow[]>(
      `select n, row_id as "rowId", content::json as content from import_row where import_id = $1 and n > $2 and content is not null
         and state not like 'carried-%' and remarks @> '[{"code": "says-cleared"}]' order by n limit $3`,
      [importId, after, PAGE],
    );
  }

  private async mark(importId: string, rows: readonly Carried[]): Promise<void> {
    if (rows.length === 0) return;
    await this.database.query(
      `update import_row i set state = r.state from jsonb_to_recordset($2::jsonb) as r (n int, state text) where i.import_id = $1 and i.n = r.n`,
      [importId, JSON.stringify(rows)],
    );
  }
}

/** From what the row quotes, with what its columns were taken for. A day that has not come clears nothing. */
const clearedIn = ({ understood }: ImportJob, { quoted }: RowContent, today: LocalDate): ClearedBefore | null => {
  const fields = new Map((understood?.columns ?? []).map(({ title, field }) => [title, field]));
  const cells = quoted.map(({ title, text }) => ({ title, field: fields.get(title) ?? null, value: text, text }));
  const cleared = clearedBefore(cells, { listDate: understood?.listDate ?? today, date1904: false });
  return cleared === null || (cleared.on !== null && cleared.on > today) ? null : cleared;
};
