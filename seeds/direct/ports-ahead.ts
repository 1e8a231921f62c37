import type { EventStore } from '@app/event-store';
import {
  FindingHistories,
  findingStream,
  UpperReferences,
  WorldSource,
  type FindingHistory,
  type FindingState,
  type UpperReference,
  type World,
} from '@app/findings';
import { DomainError, type Clock, type FindingId, type ListId } from '@app/kernel';
import { NumberRegister, RowClaims } from '@app/lists';
import { Directory, type DirectoryView } from '@app/organisation';
import type { DataSource } from 'typeorm';
import type { DirectRunner } from './direct-runner';

type NumberRow = Readonly<{
  series: string;
  n: number;
  commandId: string;
  takenFor: string;
  at: string;
  outcome: 'taken' | 'used' | 'void';
  because: string | null;
}>;
type Wanted = Parameters<NumberRegister['takeAll']>[1];

/** The register of numbers in memory, from 1 on in every series. */
export class NumbersAhead extends NumberRegister {
  private readonly last = new Map<string, number>();
  private recent = new Map<string, NumberRow>();

  constructor(
    private readonly db: DataSource,
    private readonly time: Clock,
  ) {
    super(db, time);
  }

  override async takeAll(series: string, wanted: Wanted): Promise<ReadonlyMap<string, number>> {
    const at = this.time.now();
    const numbers = new Map<string, number>();
    for (const { commandId, takenFor } of wanted) {
      const known = this.recent.get(`${series} ${commandId}`)?.n;
      const n = known ?? (this.last.get(series) ?? 0) + 1;
      numbers.set(commandId, n);
      if (known !== undefined) continue;
      this.last.set(series, n);
      this.recent.set(`${series} ${commandId}`, { series, n, commandId, takenFor, at, outcome: 'taken', because: null });
    }
    return numbers;
  }

  override async settleAll(
    series: string,
    commandIds: readonly string[],
    outcome: 'used' | 'void',
    because: string | null = null,
  ): Promise<void> {
    for (const commandId of commandIds) {
      const row = this.recent.get(`${series} ${commandId}`);
      if (row?.outcome === 'taken') this.recent.set(`${series} ${commandId}`, { ...row, outcome, because });
    }
  }

  /** What was taken since the last time; what becomes of it later is not heard. */
  collect(): () => Promise<void> {
    const rows = [...this.recent.values()];
    this.recent = new Map();
    return async () => {
      if (rows.length === 0) return;
      await this.db.query(
        `insert into number_taken (series, n, command_id, taken_for, taken_at, outcome, because)
         select series, n, "commandId", "takenFor", at, outcome, because from jsonb_to_recordset($1::jsonb)
           as t (series text, n int, "commandId" text, "takenFor" text, at text, outcome text, because text)
         on conflict do nothing`,
        [JSON.stringify(rows)],
      );
    };
  }
}

/** Which list has which row, in memory. */
export class ClaimsAhead extends RowClaims {
  private readonly lists = new Map<string, ListId>();
  private recent: (readonly [string, ListId])[] = [];

  constructor(private readonly db: DataSource) {
    super(db);
  }

  override async claim(listId: ListId, rowIds: readonly string[]): ReturnType<RowClaims['claim']> {
    const fresh = rowIds.filter((rowId) => !this.lists.has(rowId));
    for (const rowId of fresh) {
      this.lists.set(rowId, listId);
      this.recent.push([rowId, listId]);
    }
    const elsewhere = rowIds.flatMap((rowId) => {
      const holder = this.lists.get(rowId) ?? listId;
      return holder === listId ? [] : [{ rowId, listId: holder }];
    });
    return { fresh, elsewhere };
  }

  collect(): () => Promise<void> {
    const rows = this.recent;
    this.recent = [];
    return async () => {
      if (rows.length === 0) return;
      await this.db.query(
        'insert into list_row_claim (row_id, list_id) select * from unnest($1::text[], $2::text[]) on conflict do nothing',
        [rows.map(([rowId]) => rowId), rows.map(([, listId]) => listId)],
      );
    };
  }
}

/** Which finding bears which number of an upper level, in memory. */
export class ReferencesAhead extends UpperReferences {
  private readonly holders = new Map<string, FindingId>();
  private recent: (UpperReference & { findingId: FindingId })[] = [];

  constructor(private readonly db: DataSource) {
    super();
  }

  async claim(reference: UpperReference, findingId: FindingId): Promise<void> {
    const key = JSON.stringify([reference.authority, reference.batch, reference.number]);
    const holder = this.holders.get(key);
    if (holder === findingId) return;
    // Nobody else claims beside a scenario, so this is a mistake in the story.
    if (holder !== undefined) throw new DomainError('upper-reference-taken', { zh: '编号已被占用', en: 'the number is taken' });
    this.holders.set(key, findingId);
    this.recent.push({ ...reference, findingId });
  }

  async release(): Promise<void> {
    throw new Error('a scenario gives nothing back');
  }

  collect(): () => Promise<void> {
    const rows = this.recent;
    this.recent = [];
    return async () => {
      if (rows.length === 0) return;
      await this.db.query(
        `insert into upper_reference (authority, batch, number, finding_id)
         select authority, batch, number, "findingId" from jsonb_to_recordset($1::jsonb)
           as t (authority text, batch text, number text, "findingId" uuid)
         on conflict do nothing`,
        [JSON.stringify(rows)],
      );
    };
  }
}

/** What policies look up of other findings, from what was told. */
export class ToldHistories extends FindingHistories {
  constructor(
    store: EventStore,
    private readonly runner: DirectRunner,
  ) {
    super(store);
  }

  override async of(findingId: FindingId): Promise<FindingHistory | null> {
    const told = this.runner.streams.get(findingStream(findingId));
    return told?.finding == null ? null : { filed: told.finding.filed, state: told.state as FindingState };
  }

  override async wasSeenOnTheSpot(findingId: FindingId): Promise<boolean> {
    const { state } = (await this.of(findingId)) ?? {};
    return state !== undefined && state.phase !== 'absent' && state.core.onTheSpot !== undefined;
  }

  override async parentOf(findingId: FindingId): Promise<FindingId | null> {
    return this.runner.streams.get(findingStream(findingId))?.finding?.filed.parentId ?? null;
  }
}

/** The organisation as it was when the story began. */
export class SameDirectory extends Directory {
  constructor(private readonly picture: DirectoryView) {
    super();
  }
  async view(): Promise<DirectoryView> {
    return this.picture;
  }
}
export class SameWorld extends WorldSource {
  constructor(private readonly world: World) {
    super();
  }
  async now(): Promise<World> {
    return this.world;
  }
}
