import { Clock, type Actor, type FindingId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { reject } from '../domain/selection.errors';
import type { SelectionSample } from '../domain/selection.decider';
import type { SelectedRow, SelectionId, SelectionState } from '../domain/selection.types';
import { NO_COUNTS, type RowException, type RowsShown, type SelectionCounts, type SelectionJob, type SelectionRow } from './selection-job';

const JOB = `selection_id as "selectionId", unit_id as "unitId", actor, runner, title, step, said, state, even_if_changed as "evenIfChanged",
  created_at as "createdAt", changed_at as "changedAt"`;
const ROW = `n, finding_id as "findingId", leg_id as "legId", looked, draft, left_out as "leftOut", own, intents, on_day as "on", revision, events, state,
  refusal, done_revision as "doneRevision", done_position as "donePosition", verdict, verdict_text as "verdictText",
  verdict_method as "verdictMethod", verdict_by as "verdictBy"`;
const COUNTS = `count(*)::int as rows, count(*) filter (where looked)::int as looked, count(*) filter (where state = 'waiting')::int as waiting,
  count(*) filter (where state = 'done')::int as done, count(*) filter (where state = 'unchanged')::int as unchanged,
  count(*) filter (where state = 'refused')::int as refused, count(*) filter (where state = 'left-out')::int as "leftOut",
  count(*) filter (where verdict is not null)::int as sample, count(*) filter (where verdict = 'open')::int as "sampleOpen"`;
type NewJob = Omit<SelectionJob, 'runner' | 'evenIfChanged' | 'createdAt' | 'changedAt'>;
export type NewRow = Pick<SelectionRow, 'n' | 'findingId' | 'legId'> &
  Partial<Pick<SelectionRow, 'looked' | 'draft' | 'leftOut' | 'own' | 'intents' | 'on' | 'revision' | 'events' | 'state' | 'refusal'>>;
/** What the preview found; `draft` is that of the row it looked at. */
export type Look = Pick<SelectionRow, 'n' | 'legId' | 'draft' | 'intents' | 'on' | 'revision' | 'events' | 'state' | 'refusal'>;
export type Result = Pick<SelectionRow, 'n' | 'findingId' | 'state' | 'events' | 'refusal' | 'doneRevision' | 'donePosition'> &
  /** The revision that the row rested on, and where the finding stands for further rows of it. */
  Readonly<{ rested: string | null; now: string | null }>;

/** The tables of selections under way. */
@Injectable()
export class SelectionStore {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** All or nothing; a selection that is known already stays as it is. */
  async open(job: NewJob, rows: readonly NewRow[], exceptions: readonly RowException[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      const fresh: unknown[] = await tx.query(
        `insert into selection_job (selection_id, unit_id, actor, title, step, said, state, created_at, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8) on conflict (selection_id) do nothing returning selection_id`,
        [
          job.selectionId,
          job.unitId,
          JSON.stringify(job.actor),
          job.title,
          job.step,
          job.said === null ? null : JSON.stringify(job.said),
          job.state,
          this.clock.now(),
        ],
      );
      if (fresh.length === 0) return;
      await this.insert(tx, job.selectionId, rows);
      await this.except(tx, job.selectionId, exceptions);
    });
  }

  async job(selectionId: string): Promise<SelectionJob | null> {
    const rows: SelectionJob[] = await this.database.query(`select ${JOB} from selection_job where selection_id = $1`, [selectionId]);
    return rows[0] ?? null;
  }
  async jobs(unitId: string, limit: number): Promise<readonly SelectionJob[]> {
    return this.database.query(`select ${JOB} from selection_job where unit_id = $1 order by created_at desc, selection_id limit $2`, [
      unitId,
      limit,
    ]);
  }
  /** Selections that a crash left in the middle. */
  async unfinished(): Promise<readonly SelectionId[]> {
    const rows: { selection_id: SelectionId }[] = await this.database.query(
      `select selection_id from selection_job where state in ('preparing', 'sampling', 'running') order by created_at`,
    );
    return rows.map((r) => r.selection_id);
  }

  /** Moves on only from one of the states named; false when it stands elsewhere by now. */
  async move(
    selectionId: string,
    from: readonly SelectionState[],
    to: SelectionState,
    changes: Readonly<{ runner?: Actor; evenIfChanged?: boolean }> = {},
  ): Promise<boolean> {
    const moved: [unknown[], number] = await this.database.query(
      `update selection_job set state = $3, changed_at = $4, runner = coalesce($5, runner), even_if_changed = coalesce($6, even_if_changed)
       where selection_id = $1 and state = any($2) returning selection_id`,
      [
        selectionId,
        from,
        to,
        this.clock.now(),
        changes.runner === undefined ? null : JSON.stringify(changes.runner),
        changes.evenIfChanged ?? null,
      ],
    );
    return moved[1] > 0;
  }
  /** The preview is over once every row was looked at. */
  async ready(selectionId: string): Promise<boolean> {
    const moved: [unknown[], number] = await this.database.query(
      `update selection_job set state = 'ready', changed_at = $2 where selection_id = $1 and state = 'preparing'
       and not exists (select 1 from selection_row r where r.selection_id = $1 and not looked) returning selection_id`,
      [selectionId, this.clock.now()],
    );
    return moved[1] > 0;
  }

  async counts(selectionIds: readonly string[]): Promise<ReadonlyMap<string, SelectionCounts>> {
    const rows: (SelectionCounts & { id: string })[] = await this.database.query(
      `select selection_id as id, ${COUNTS} from selection_row where selection_id = any($1) group by selection_id`,
      [selectionIds],
    );
    return new Map(rows.map(({ id, ...counts }) => [id, counts]));
  }
  async countsOf(selectionId: string): Promise<SelectionCounts> {
    return (await this.counts([selectionId])).get(selectionId) ?? NO_COUNTS;
  }

  async rows(selectionId: string, after: number, limit: number, only: RowsShown = 'all'): Promise<readonly SelectionRow[]> {
    const filter = only === 'all' ? 'true' : only === 'sample' ? 'verdict is not null' : 'state = $4';
    const params = [selectionId, after, limit, ...(filter === 'state = $4' ? [only] : [])];
    return this.database.query(
      `select ${ROW} from selection_row where selection_id = $1 and n > $2 and ${filter} order by n limit $3`,
      params,
    );
  }
  async sample(selectionId: string): Promise<readonly SelectionRow[]> {
    return this.rows(selectionId, -1, 10_000, 'sample');
  }
  /** What a confirmation confirms. */
  async waiting(selectionId: string): Promise<readonly SelectedRow[]> {
    return this.database.query(
      `select finding_id as "findingId", leg_id as "legId" from selection_row where selection_id = $1 and state = 'waiting' order by n`,
      [selectionId],
    );
  }
  async unlooked(selectionId: string, limit: number): Promise<readonly SelectionRow[]> {
    return this.database.query(`select ${ROW} from selection_row where selection_id = $1 and not looked order by n limit $2`, [
      selectionId,
      limit,
    ]);
  }

  /** What the preview found of rows that nobody changed meanwhile; legs that it found beside them are new rows. */
  async looked(selectionId: string, looks: readonly Look[], beside: readonly NewRow[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(
        `update selection_row s set looked = true, leg_id = r."legId", intents = r."intents", on_day = r."on", revision = r."revision",
           events = r."events", state = r."state", refusal = r."refusal"
         from jsonb_to_recordset($2::jsonb) as r("n" int, "draft" int, "legId" text, "intents" jsonb, "on" text, "revision" bigint, "events" text[],
           "state" text, "refusal" jsonb)
         where s.selection_id = $1 and s.n = r."n" and s.draft = r."draft"`,
        [selectionId, JSON.stringify(looks)],
      );
      await this.insert(tx, selectionId, beside);
    });
  }

  /**
   * These exceptions and no others; the rows they touch, or no longer touch, are looked at again. False when the selection cannot be
   * changed any more. Errors: selection-exception-stray.
   */
  async setExceptions(selectionId: string, exceptions: readonly RowException[]): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const moved: [unknown[], number] = await tx.query(
        `update selection_job set state = 'preparing', changed_at = $2 where selection_id = $1 and state in ('preparing', 'ready') returning selection_id`,
        [selectionId, this.clock.now()],
      );
      if (moved[1] === 0) return false;
      await this.except(tx, selectionId, exceptions);
      return true;
    });
  }

  /** Findings that their latest sample left without having passed. */
  async unpassed(selectionId: string): Promise<readonly FindingId[]> {
    const rows: { finding_id: FindingId }[] = await this.database.query(
      `select r.finding_id from selection_row r
        where r.selection_id = $1 and r.state = 'waiting' and (
          select before.verdict from selection_row before join selection_job j using (selection_id)
           where before.finding_id = r.finding_id and before.selection_id <> $1 and before.verdict is not null
           order by j.created_at desc, j.selection_id limit 1
        ) in ('open', 'failed')`,
      [selectionId],
    );
    return rows.map((r) => r.finding_id);
  }
  /** As the record has it: who checked a sample verifies it, by their own method and in their own words. */
  async setSample(selectionId: string, sample: SelectionSample): Promise<void> {
    const said = Object.entries(sample).map(([findingId, { verdict, judged }]) => ({
      findingId,
      verdict,
      text: judged?.text ?? null,
      method: judged?.method ?? null,
      by: judged?.by ?? null,
      intents: judged === null ? null : [{ type: 'VerifyFinding', data: { method: judged.method, text: judged.text } }],
    }));
    await this.database.query(
      `update selection_row s set verdict = r."verdict", verdict_text = r."text", verdict_method = r."method", verdict_by = r."by",
         intents = case when s.state = 'waiting' then coalesce(r."intents", s.intents) end
       from jsonb_to_recordset($2::jsonb) as r("findingId" text, "verdict" text, "text" text, "method" text, "by" jsonb, "intents" jsonb)
       where s.selection_id = $1 and s.finding_id = r."findingId" and s.verdict is distinct from r."verdict"
         and (s.state = 'waiting' or s.verdict is not null)`,
      [selectionId, JSON.stringify(said)],
    );
  }

  /** What became of rows; further rows of the same findings rest on where these left them. Whether the selection still runs. */
  async settle(selectionId: string, results: readonly Result[]): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [told]: [{ state: SelectionState }[], number] = await tx.query(
        'update selection_job set changed_at = $2 where selection_id = $1 returning state',
        [selectionId, this.clock.now()],
      );
      const shape = `jsonb_to_recordset($2::jsonb) as r("n" int, "findingId" text, "state" text, "events" text[], "refusal" jsonb, "doneRevision" bigint,
        "donePosition" bigint, "rested" bigint, "now" bigint)`;
      await tx.query(
        `update selection_row s set state = r."state", events = r."events", refusal = r."refusal", done_revision = r."doneRevision",
           done_position = r."donePosition", intents = null
         from ${shape} where s.selection_id = $1 and s.n = r."n"`,
        [selectionId, JSON.stringify(results)],
      );
      const moved = results.filter(({ rested, now }) => now !== null && now !== rested);
      if (moved.length > 0)
        await tx.query(
          `update selection_row s set revision = r."now" from ${shape}
            where s.selection_id = $1 and s.finding_id = r."findingId" and s.state = 'waiting' and s.revision = r."rested"`,
          [selectionId, JSON.stringify(moved)],
        );
      return told[0]?.state === 'running';
    });
  }

  /** Runs `work` unless another process works on this selection already. */
  async alone(selectionId: string, work: () => Promise<void>): Promise<void> {
    const runner = this.database.createQueryRunner();
    try {
      const locks = (await runner.query('select pg_try_advisory_lock(hashtextextended($1, 100)) as free', [selectionId])) as {
        free: boolean;
      }[];
      if (locks[0]?.free !== true) return;
      try {
        await work();
      } finally {
        await runner.query('select pg_advisory_unlock(hashtextextended($1, 100))', [selectionId]);
      }
    } finally {
      await runner.release();
    }
  }

  private async except(tx: EntityManager, selectionId: string, exceptions: readonly RowException[]): Promise<void> {
    const wanted = JSON.stringify(exceptions);
    const shape = `jsonb_to_recordset($2::jsonb) as e("findingId" text, "legId" text, "leaveOut" boolean, "said" jsonb)`;
    const fits = `r.finding_id = e."findingId" and (e."legId" is null or r.leg_id = e."legId")`;
    const absent: unknown[] = await tx.query(
      `select 1 from ${shape} where not exists (select 1 from selection_row r where r.selection_id = $1 and ${fits}) limit 1`,
      [selectionId, wanted],
    );
    if (absent.length > 0) reject('selection-exception-stray');
    const again = `looked = false, draft = draft + 1, state = 'waiting', refusal = null, intents = null, events = '{}'`;
    await tx.query(
      `update selection_row r set left_out = false, own = null, ${again} where r.selection_id = $1 and (left_out or own is not null)
         and not exists (select 1 from ${shape} where ${fits})`,
      [selectionId, wanted],
    );
    await tx.query(
      `update selection_row r set left_out = e."leaveOut", own = e."said", ${again} from ${shape} where r.selection_id = $1 and ${fits}`,
      [selectionId, wanted],
    );
  }

  private async insert(tx: EntityManager, selectionId: string, rows: readonly NewRow[]): Promise<void> {
    if (rows.length === 0) return;
    await tx.query(
      `insert into selection_row (selection_id, n, finding_id, leg_id, looked, draft, left_out, own, intents, on_day, revision, events, state, refusal)
       select $1, r."n", r."findingId", r."legId", coalesce(r."looked", false), coalesce(r."draft", 0), coalesce(r."leftOut", false), r."own",
         r."intents", r."on", r."revision", coalesce(r."events", '{}'), coalesce(r."state", 'waiting'), r."refusal"
       from jsonb_to_recordset($2::jsonb) as r("n" int, "findingId" text, "legId" text, "looked" boolean, "draft" int, "leftOut" boolean, "own" jsonb,
         "intents" jsonb, "on" text, "revision" bigint, "events" text[], "state" text, "refusal" jsonb)
       on conflict do nothing`,
      [selectionId, JSON.stringify(rows)],
    );
  }
}
