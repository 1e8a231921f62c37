import { Clock } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Framed } from '../domain/row-identity';
import type { ImportCounts, ImportJob, ImportRow, ImportState, NewRow } from './import-job';

const JOB = `import_id as "importId", unit_id as "unitId", actor, file_name as "fileName", file_hash as "fileHash", file_kind as "fileKind",
  file_size::int as "fileSize", state, options, understood, rows_total as "rowsTotal", rows_done as "rowsDone", counts, target, failure,
  created_at as "createdAt", changed_at as "changedAt"`;
const ROW = `n, sheet_rows as "sheetRows", number_core as "numberCore", content_core as "contentCore", frame_source as "frameSource", frame_batch as "frameBatch", fingerprint, content,
  confirm_personal as "confirmPersonal", errors, warnings, remarks, cells, state, row_id as "rowId"`;

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
  }

  /** Rows and progress in one transaction; false when the import was stopped meanwhile. */
  async addRows(importId: string, rows: readonly NewRow[], done: number, total: number): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      if (!(await this.progress(tx, importId, 'reading', done, total))) return false;
      await tx.query(
        `insert into import_row (import_id, n, sheet_rows, number_core, content_core, frame_source, frame_batch, fingerprint, content, confirm_personal, errors, warnings, remarks, cells)
         select $1, r."n", r."sheetRows", r."numberCore", r."contentCore", r."frameSource", r."frameBatch", r."fingerprint", r."content", r."confirmPersonal", r."errors", r."warnings", r."remarks", r."cells"
         from jsonb_to_recordset($2::jsonb) as r("n" int, "sheetRows" int[], "numberCore" text, "contentCore" text, "frameSource" text, "frameBatch" text, "fingerprint" text,
           "content" jsonb, "confirmPersonal" boolean, "errors" int, "warnings" int, "remarks" jsonb, "cells" text)`,
        [importId, JSON.stringify(rows)],
      );
      return true;
    });
  }

  /** What became of rows of a commit, and its progress. False when the import was stopped meanwhile. */
  async settleRows(
    importId: string,
    rows: readonly Pick<ImportRow, 'n' | 'state' | 'remarks'>[],
    done: number,
    total: number,
  ): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      if (!(await this.progress(tx, importId, 'committing', done, total))) return false;
      await this.mark(tx, importId, rows);
      return true;
    });
  }

  /** The same before any commit, for the preview. */
  async markRows(importId: string, rows: readonly Pick<ImportRow, 'n' | 'state' | 'remarks'>[]): Promise<void> {
    if (rows.length > 0) await this.mark(this.database.manager, importId, rows);
  }

  async setIdentities(importId: string, rows: readonly Readonly<{ n: number; rowId: string }>[]): Promise<void> {
    await this.database.query(
      `update import_row i set row_id = r."rowId" from jsonb_to_recordset($2::jsonb) as r("n" int, "rowId" text) where i.import_id = $1 and i.n = r."n"`,
      [importId, JSON.stringify(rows)],
    );
  }

  async frames(importId: string): Promise<readonly FramedRow[]> {
    return this.database.query(
      'select n, number_core as "numberCore", content_core as "contentCore", frame_source as source, frame_batch as batch from import_row where import_id = $1 order by n',
      [importId],
    );
  }

  async rows(
    importId: string,
    after: number,
    limit: number,
    only: 'all' | 'wrong' | 'warnings' | 'differs' = 'all',
  ): Promise<readonly ImportRow[]> {
    const filter = { all: 'true', wrong: 'errors > 0', warnings: 'warnings > 0', differs: `state = 'differs'` }[only];
    return this.database.query(`select ${ROW} from import_row where import_id = $1 and n > $2 and ${filter} order by n limit $3`, [
      importId,
      after,
      limit,
    ]);
  }

  async counts(importId: string): Promise<ImportCounts> {
    const rows: ImportCounts[] = await this.database.query(
      `select count(*)::int as rows, count(*) filter (where errors = 0)::int as good, count(*) filter (where errors > 0)::int as wrong,
              count(*) filter (where warnings > 0)::int as "withWarnings", count(*) filter (where confirm_personal and errors = 0)::int as "toConfirm",
              count(*) filter (where state = 'added')::int as added, count(*) filter (where state = 'known')::int as known,
              count(*) filter (where state = 'differs')::int as differs
       from import_row where import_id = $1`,
      [importId],
    );
    return rows[0] ?? { rows: 0, good: 0, wrong: 0, withWarnings: 0, toConfirm: 0, added: 0, known: 0, differs: 0 };
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

  private async mark(tx: EntityManager, importId: string, rows: readonly Pick<ImportRow, 'n' | 'state' | 'remarks'>[]): Promise<void> {
    await tx.query(
      `update import_row i set state = r."state", remarks = r."remarks" from jsonb_to_recordset($2::jsonb) as r("n" int, "state" text, "remarks" jsonb)
       where i.import_id = $1 and i.n = r."n"`,
      [importId, JSON.stringify(rows.map(({ n, state, remarks }) => ({ n, state, remarks })))],
    );
  }
}
