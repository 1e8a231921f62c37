import { Clock } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { SUBJECT_KEYS } from '@app/privacy';
import { copyLinesOn } from '@app/read-store';
import type { Framed, Provenance } from '../domain/row-identity';
import type { ImportCounts, ImportJob, ImportRow, ImportState } from './import-job';
import { IMPORT_ROWS } from './row-lines';

const JOB = `import_id as "importId", unit_id as "unitId", actor, file_name as "fileName", file_hash as "fileHash", file_kind as "fileKind",
  file_size::int as "fileSize", state, options, understood, rows_total as "rowsTotal", rows_done as "rowsDone", counts, target, failure,
  created_at as "createdAt", changed_at as "changedAt"`;
/** What was added by a commit is not written row by row: all rows up to `rows_settled` that nothing else is said of. */
const STATE = `case when r.state = 'read' and r.content is not null
  and r.n <= (select rows_settled from import_job j where j.import_id = r.import_id) then 'added' else r.state end`;
const ROW = `n, sheet_rows as "sheetRows", number_core as "numberCore", content_core as "contentCore", frame_source as "frameSource", frame_batch as "frameBatch", fingerprint, content::json as content,
  confirm_personal as "confirmPersonal", errors, warnings, remarks, cells, ${STATE} as state, row_id as "rowId"`;

const COLUMNS = {
  actor: 'actor',
  options: 'options',
  understood: 'understood',
  rowsTotal: 'rows_total',
  rowsDone: 'rows_done',
  counts: 'counts',
  target: 'target',
  failure: 'failure',
} as const;
export type FramedRow = Framed & Readonly<{ n: number }>;
export type SettledRow = Pick<ImportRow, 'n' | 'state' | 'remarks'>;
export type RowForCommit = Readonly<{ n: number; rowId: string; fingerprint: string; json: string; untold: boolean }>;

type Changes = Partial<Pick<ImportJob, keyof typeof COLUMNS>>;

/** The tables of imports under way. */
@Injectable()
export class ImportStore {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** False when this import is known already. */
  async open(
    job: Omit<ImportJob, 'state' | 'understood' | 'rowsTotal' | 'rowsDone' | 'counts' | 'target' | 'failure' | 'createdAt' | 'changedAt'>,
  ): Promise<boolean> {
    const at = this.clock.now();
    const rows: unknown[] = await this.database.query(
      `insert into import_job (import_id, unit_id, actor, file_name, file_hash, file_kind, file_size, state, options, created_at, changed_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'received', $8, $9, $9) on conflict (import_id) do nothing returning import_id`,
      [
        job.importId,
        job.unitId,
        JSON.stringify(job.actor),
        job.fileName,
        job.fileHash,
        job.fileKind,
        job.fileSize,
        JSON.stringify(job.options),
        at,
      ],
    );
    return rows.length > 0;
  }

  async job(importId: string): Promise<ImportJob | null> {
    const rows: ImportJob[] = await this.database.query(`select ${JOB} from import_job where import_id = $1`, [importId]);
    return rows[0] ?? null;
  }

  async jobs(unitId: string | null, limit: number): Promise<readonly ImportJob[]> {
    return this.database.query(
      `select ${JOB} from import_job where $1::text is null or unit_id = $1 order by created_at desc, import_id limit $2`,
      [unitId, limit],
    );
  }

  /** Imports that a crash left in the middle. */
  async unfinished(): Promise<readonly string[]> {
    const rows: { import_id: string }[] = await this.database.query(
      `select import_id from import_job where state in ('received', 'reading', 'committing') order by created_at`,
    );
    return rows.map((r) => r.import_id);
  }

  /** An earlier import of the same bytes that went into a list. */
  async committedBefore(fileHash: string, importId: string): Promise<ImportJob | null> {
    const rows: ImportJob[] = await this.database.query(
      `select ${JOB} from import_job where file_hash = $1 and import_id <> $2 and state = 'committed' order by created_at limit 1`,
      [fileHash, importId],
    );
    return rows[0] ?? null;
  }

  /** Moves on only from one of the states named; false when it stands elsewhere by now. */
  async move(importId: string, from: readonly ImportState[], to: ImportState, changes: Changes = {}): Promise<boolean> {
    const entries = Object.entries(changes);
    const sets = entries.map(([key], i) => `${COLUMNS[key as keyof typeof COLUMNS]} = $${String(i + 5)}`);
    const rows: [unknown[], number] = await this.database.query(
      `update import_job set state = $3, changed_at = $4 ${sets.map((set) => `, ${set}`).join('')} where import_id = $1 and state = any($2) returning import_id`,
      [importId, from, to, this.clock.now(), ...entries.map(([, value]) => (typeof value === 'number' ? value : JSON.stringify(value)))],
    );
    return rows[1] > 0;
  }

  async clearRows(importId: string): Promise<void> {
    await this.database.query('delete from import_row where import_id = $1', [importId]);
    await this.database.query('update import_job set rows_settled = 0, provenance = null where import_id = $1', [importId]);
  }

  /** Rows, the keys they are sealed under and progress in one transaction; false when the import was stopped meanwhile. */
  async addRows(importId: string, lines: Buffer, keys: string, done: number, total: number): Promise<boolean> {
    const runner = this.database.createQueryRunner();
    try {
      await runner.startTransaction();
      try {
        // A reading that is cut short begins again: its end is what must last, and takes all before it along.
        await runner.query('set local synchronous_commit to off');
        const goesOn = await this.progress(runner.manager, importId, 'reading', done, total);
        if (goesOn && keys !== '') await copyLinesOn(runner, SUBJECT_KEYS, keys);
        if (goesOn) await copyLinesOn(runner, IMPORT_ROWS, lines);
        await runner.commitTransaction();
        return goesOn;
      } catch (error) {
        await runner.rollbackTransaction().catch(() => undefined);
        throw error;
      }
    } finally {
      await runner.release();
    }
  }

  /** The frame in which the rows got their identity while they were read. */
  async setProvenance(importId: string, provenance: Provenance): Promise<void> {
    await this.database.query('update import_job set provenance = $2 where import_id = $1', [importId, JSON.stringify(provenance)]);
  }
  async provenance(importId: string): Promise<Provenance | null> {
    const rows: { provenance: Provenance | null }[] = await this.database.query('select provenance from import_job where import_id = $1', [
      importId,
    ]);
    return rows[0]?.provenance ?? null;
  }

  /**
   * Progress of a commit: rows up to `done` are settled. Told are those that were not added, and those of which something else was
   * told before. False when the import was stopped meanwhile.
   */
  async settleRows(importId: string, told: readonly SettledRow[], done: number, total: number): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      if (!(await this.progress(tx, importId, 'committing', done, total))) return false;
      await tx.query('update import_job set rows_settled = greatest(rows_settled, $2) where import_id = $1', [importId, done]);
      await this.tell(importId, told, tx);
      return true;
    });
  }

  /** What became of single rows. */
  async tell(importId: string, told: readonly SettledRow[], tx: EntityManager = this.database.manager): Promise<void> {
    if (told.length === 0) return;
    await tx.query(
      `update import_row i set state = r."state", remarks = r."remarks" from jsonb_to_recordset($2::jsonb) as r("n" int, "state" text, "remarks" jsonb)
       where i.import_id = $1 and i.n = r."n"`,
      [importId, JSON.stringify(told.map(({ n, state, remarks }) => ({ n, state, remarks })))],
    );
  }

  async setIdentities(importId: string, rows: readonly Readonly<{ n: number; rowId: string }>[]): Promise<void> {
    await this.database.query(
      `update import_row i set row_id = r."rowId" from jsonb_to_recordset($2::jsonb) as r("n" int, "rowId" text) where i.import_id = $1 and i.n = r."n"`,
      [importId, JSON.stringify(rows)],
    );
  }

  /** What rows are identified by, in order. */
  async frames(importId: string, after: number, limit: number): Promise<readonly FramedRow[]> {
    return this.database.query(
      `select n, number_core as "numberCore", content_core as "contentCore", frame_source as source, frame_batch as batch
       from import_row where import_id = $1 and n > $2 order by n limit $3`,
      [importId, after, limit],
    );
  }

  /** Identities of the rows that can go into a list. */
  async usable(importId: string, after: number, limit: number): Promise<readonly Readonly<{ n: number; rowId: string }>[]> {
    return this.database.query(
      `select n, row_id as "rowId" from import_row
       where import_id = $1 and n > $2 and content is not null and state not like 'carried-%' order by n limit $3`,
      [importId, after, limit],
    );
  }

  /** Rows that can go into a list, with the JSON of what they say. */
  async forCommit(importId: string, after: number, limit: number): Promise<readonly RowForCommit[]> {
    return this.database.query(
      `select n, row_id as "rowId", fingerprint, content as json, state = 'read' as untold
       from import_row where import_id = $1 and n > $2 and content is not null and state not like 'carried-%' order by n limit $3`,
      [importId, after, limit],
    );
  }

  async byNumber(importId: string, numbers: readonly number[]): Promise<readonly ImportRow[]> {
    if (numbers.length === 0) return [];
    return this.database.query(`select ${ROW} from import_row r where import_id = $1 and n = any($2) order by n`, [importId, numbers]);
  }

  async rows(
    importId: string,
    after: number,
    limit: number,
    only: 'all' | 'wrong' | 'warnings' | 'differs' = 'all',
  ): Promise<readonly ImportRow[]> {
    const filter = { all: 'true', wrong: 'errors > 0', warnings: 'warnings > 0', differs: `r.state = 'differs'` }[only];
    return this.database.query(`select ${ROW} from import_row r where import_id = $1 and n > $2 and ${filter} order by n limit $3`, [
      importId,
      after,
      limit,
    ]);
  }

  async counts(importId: string): Promise<ImportCounts> {
    const rows: ImportCounts[] = await this.database.query(
      `select count(*)::int as rows, count(*) filter (where errors = 0)::int as good, count(*) filter (where errors > 0)::int as wrong,
              count(*) filter (where warnings > 0)::int as "withWarnings", count(*) filter (where confirm_personal and errors = 0)::int as "toConfirm",
              count(*) filter (where ${STATE} = 'added')::int as added, count(*) filter (where state in ('known', 'carried-before'))::int as known,
              count(*) filter (where state = 'carried-over')::int as "carriedOver",
              count(*) filter (where errors = 0 and remarks @> '[{"code": "says-cleared"}]')::int as "saysCleared",
              count(*) filter (where state = 'differs')::int as differs
       from import_row r where import_id = $1`,
      [importId],
    );
    return (
      rows[0] ?? {
        rows: 0,
        good: 0,
        wrong: 0,
        withWarnings: 0,
        toConfirm: 0,
        added: 0,
        known: 0,
        differs: 0,
        saysCleared: 0,
        carriedOver: 0,
      }
    );
  }

  /** Runs `work` unless another process works on this import already. */
  async alone(importId: string, work: () => Promise<void>): Promise<void> {
    const runner = this.database.createQueryRunner();
    try {
      const locks = (await runner.query('select pg_try_advisory_lock(hashtextextended($1, 60)) as free', [importId])) as {
        free: boolean;
      }[];
      if (locks[0]?.free !== true) return;
      try {
        await work();
      } finally {
        await runner.query('select pg_advisory_unlock(hashtextextended($1, 60))', [importId]);
      }
    } finally {
      await runner.release();
    }
  }

  private async progress(tx: EntityManager, importId: string, state: ImportState, done: number, total: number): Promise<boolean> {
    const rows: [unknown[], number] = await tx.query(
      'update import_job set rows_done = $3, rows_total = $4, changed_at = $5 where import_id = $1 and state = $2 returning import_id',
      [importId, state, done, total, this.clock.now()],
    );
    return rows[1] > 0;
  }
}
