import { Clock } from '@app/kernel';
import { alone } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Reason, RoundTripCounts, RoundTripRow, RoundTripRowState, RoundTripState } from '../domain/round-trip.types';
import type { RoundTripJob } from './round-trip-job';

const JOB = `round_trip_id as "roundTripId", unit_id as "unitId", actor, file_name as "fileName", file_hash as "fileHash", state,
  exported_at as "exportedAt", rows_total as "rowsTotal", rows_done as "rowsDone", counts, selection_id as "selectionId", failure,
  created_at as "createdAt", changed_at as "changedAt"`;
const ROW = `n, sheet_row as "sheetRow", number, finding_id as "findingId", leg_id as "legId", revision, fingerprint, state, reasons, since,
  cells, confirm_personal as "confirmPersonal", steps`;
const COLUMNS = {
  exportedAt: 'exported_at',
  rowsTotal: 'rows_total',
  rowsDone: 'rows_done',
  counts: 'counts',
  selectionId: 'selection_id',
  failure: 'failure',
  actor: 'actor',
} as const;
const AS_JSON: readonly string[] = ['counts', 'failure', 'actor'];

export type StoredRow = RoundTripRow & Readonly<{ revision: string | null; fingerprint: string | null }>;
export type RowSelection = 'all' | 'changed' | 'refused' | 'unchanged';
type Settled = Readonly<{ n: number; state: RoundTripRowState; reasons: readonly Reason[] }>;

const ONLY: Readonly<Record<RowSelection, readonly RoundTripRowState[] | null>> = {
  all: null,
  changed: ['changed', 'done', 'failed', 'left'],
  refused: ['refused', 'failed'],
  unchanged: ['unchanged'],
};

/** The tables of workbooks that came back. */
@Injectable()
export class RoundTripStore {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Harmless when it is known already. */
  async open(job: Pick<RoundTripJob, 'roundTripId' | 'unitId' | 'actor' | 'fileName' | 'fileHash'>): Promise<void> {
    await this.database.query(
      `insert into round_trip (round_trip_id, unit_id, actor, file_name, file_hash, state, created_at, changed_at)
       values ($1, $2, $3, $4, $5, 'reading', $6, $6) on conflict (round_trip_id) do nothing`,
      [job.roundTripId, job.unitId, JSON.stringify(job.actor), job.fileName, job.fileHash, this.clock.now()],
    );
  }

  async job(roundTripId: string): Promise<RoundTripJob | null> {
    const rows = await this.database.query<RoundTripJob[]>(`select ${JOB} from round_trip where round_trip_id = $1`, [roundTripId]);
    return rows[0] ?? null;
  }

  /** Newest first. */
  async jobs(unitId: string, limit: number): Promise<readonly RoundTripJob[]> {
    return this.database.query<RoundTripJob[]>(
      `select ${JOB} from round_trip where unit_id = $1 order by created_at desc, round_trip_id limit $2`,
      [unitId, limit],
    );
  }

  /** What a crash left in the middle. */
  async unfinished(): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }[]>(
      `select round_trip_id as id from round_trip where state in ('reading', 'running') order by created_at`,
    );
    return rows.map(({ id }) => id);
  }

  /** Moves on only from one of the states named; false when it stands elsewhere by now. */
  async move(
    roundTripId: string,
    from: readonly RoundTripState[],
    to: RoundTripState,
    changes: Partial<Pick<RoundTripJob, keyof typeof COLUMNS>> = {},
  ): Promise<boolean> {
    const entries = Object.entries(changes);
    const sets = entries.map(([key], i) => `, ${COLUMNS[key as keyof typeof COLUMNS]} = $${String(i + 5)}`);
    const values = entries.map(([key, value]) => (AS_JSON.includes(key) && value !== null ? JSON.stringify(value) : value));
    const done: [unknown[], number] = await this.database.query(
      `update round_trip set state = $3, changed_at = $4${sets.join('')} where round_trip_id = $1 and state = any($2) returning round_trip_id`,
      [roundTripId, from, to, this.clock.now(), ...values],
    );
    return done[1] > 0;
  }

  /** Runs `work` unless another process works on this one already. */
  alone(roundTripId: string, work: () => Promise<void>): Promise<void> {
    return alone(this.database, `round-trip ${roundTripId}`, work);
  }

  async clearRows(roundTripId: string): Promise<void> {
    await this.database.query('delete from round_trip_row where round_trip_id = $1', [roundTripId]);
  }

  /** Rows and progress of the preview in one transaction; false when it was stopped meanwhile. */
  async addRows(roundTripId: string, rows: readonly StoredRow[], done: number, total: number): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const moved: [unknown[], number] = await tx.query(
        `update round_trip set rows_done = $2, rows_total = $3, changed_at = $4 where round_trip_id = $1 and state = 'reading' returning 1`,
        [roundTripId, done, total, this.clock.now()],
      );
      if (moved[1] === 0) return false;
      await tx.query(
        `insert into round_trip_row (round_trip_id, n, sheet_row, number, finding_id, leg_id, revision, fingerprint, state, reasons, since, cells, confirm_personal, steps)
         select $1, r."n", r."sheetRow", r."number", r."findingId", r."legId", r."revision", r."fingerprint", r."state", r."reasons", r."since", r."cells", r."confirmPersonal", r."steps"
         from jsonb_to_recordset($2::jsonb) as r("n" int, "sheetRow" int, "number" text, "findingId" text, "legId" text, "revision" text, "fingerprint" text,
           "state" text, "reasons" jsonb, "since" jsonb, "cells" jsonb, "confirmPersonal" boolean, "steps" jsonb)`,
        [roundTripId, JSON.stringify(rows)],
      );
      return true;
    });
  }

  /** By place in the workbook, from after `after`. */
  async rows(roundTripId: string, after: number, limit: number, only: RowSelection = 'all'): Promise<readonly StoredRow[]> {
    return this.database.query<StoredRow[]>(
      `select ${ROW} from round_trip_row where round_trip_id = $1 and n > $2 and ($4::text[] is null or state = any($4)) order by n limit $3`,
      [roundTripId, after, limit, ONLY[only]],
    );
  }

  /** Of the fingerprints given those that were done before, by whatever workbook. */
  async taken(fingerprints: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ fingerprint: string }[]>(
      `select distinct fingerprint from round_trip_row where state = 'done' and fingerprint = any($1)`,
      [fingerprints],
    );
    return new Set(rows.map(({ fingerprint }) => fingerprint));
  }

  async settle(roundTripId: string, rows: readonly Settled[]): Promise<void> {
    await this.database.query(
      `update round_trip_row t set state = r."state", reasons = r."reasons"
       from jsonb_to_recordset($2::jsonb) as r("n" int, "state" text, "reasons" jsonb) where t.round_trip_id = $1 and t.n = r."n"`,
      [roundTripId, JSON.stringify(rows)],
    );
  }

  /** Writes the counts of the rows to the job, wherever it stands. */
  async setCounts(roundTripId: string): Promise<void> {
    const counts = JSON.stringify(await this.counts(roundTripId));
    await this.database.query('update round_trip set counts = $2, changed_at = $3 where round_trip_id = $1', [
      roundTripId,
      counts,
      this.clock.now(),
    ]);
  }

  async counts(roundTripId: string): Promise<RoundTripCounts> {
    const of = (state: RoundTripRowState): string => `count(*) filter (where state = '${state}')::int as "${state}"`;
    const [counts] = await this.database.query<RoundTripCounts[]>(
      `select count(*)::int as rows, ${(['changed', 'unchanged', 'refused', 'done', 'failed', 'left'] as const).map(of).join(', ')},
              count(*) filter (where confirm_personal and state = 'changed')::int as "toConfirm"
       from round_trip_row where round_trip_id = $1`,
      [roundTripId],
    );
    return counts ?? { rows: 0, changed: 0, unchanged: 0, refused: 0, toConfirm: 0, done: 0, failed: 0, left: 0 };
  }
}
