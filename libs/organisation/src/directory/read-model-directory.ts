import { Inject, Injectable } from '@nestjs/common';
import { askPrepared, Batched } from '@app/read-store';
import type { CategoryCode, LocalDate, PersonId, PostId, Role, UnitId } from '@app/kernel';
import { DataSource, type EntityManager } from 'typeorm';
import type { Duty, EvidenceKind, UnitKind } from '../domain/vocabulary';
import { Directory } from './directory';
import { DirectoryView } from './directory-view';
import { NO_ROWS, type DirectoryRows, type UnitStatus } from './directory.rows';

type PeriodRow = { from_date: string; to_date: string | null };
type Version = { position: string };
type Look = Readonly<{ begun: number; position: bigint }>;
type TenureRow = PeriodRow & { post_id: string; person_id: string };

const period = ({ from_date, to_date }: PeriodRow): { from: LocalDate; to: LocalDate | null } => ({
  from: from_date as LocalDate,
  to: to_date as LocalDate | null,
});
const positionOf = (row: Version | undefined): bigint => BigInt(row?.position ?? 0);
const tenure = (row: TenureRow) => ({ postId: row.post_id as PostId, personId: row.person_id as PersonId, ...period(row) });
const POSITION = { name: 'org-version', text: 'select "position" from org_version' };
const DAYS = 'from_date::text as from_date, to_date::text as to_date';

/**
 * Keeps the whole organisation in memory (some thousand rows) and asks before each use whether it changed, so that a
 * role that was taken away is gone with the next request.
 */
@Injectable()
export class ReadModelDirectory extends Directory {
  private picture = new DirectoryView(NO_ROWS);
  private loading: Promise<DirectoryView> | null = null;
  /** When somebody began to look who found that the picture was the newest. */
  private newestAt = -Infinity;
  private readonly looks = new Batched<null, Look>(async (askers) => {
    const look = await this.look();
    return askers.map(() => look);
  });

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {
    super();
  }

  async view(since = Infinity): Promise<DirectoryView> {
    if (this.newestAt >= since) return this.picture;
    const { position, begun } = await this.looks.of(null);
    if (position === this.picture.position) {
      this.newestAt = Math.max(this.newestAt, begun);
      return this.picture;
    }
    // A load that began before this position was read might not hold it; then the next one does.
    const loaded = await this.load();
    return loaded.position === position ? loaded : this.load();
  }

  private load(): Promise<DirectoryView> {
    this.loading ??= this.read().finally(() => (this.loading = null));
    return this.loading;
  }

  private async read(): Promise<DirectoryView> {
    const begun = performance.now();
    const view = new DirectoryView(await this.dataSource.transaction('REPEATABLE READ', (tx) => this.rows(tx)));
    // A rebuild goes back to the start, so a smaller position is news as well.
    this.picture = view;
    this.newestAt = begun;
    return view;
  }

  private async look(): Promise<Look> {
    const begun = performance.now();
    const [row] = await askPrepared<Version>(this.dataSource, POSITION, []);
    return { begun, position: positionOf(row) };
  }

  private async rows(tx: EntityManager): Promise<DirectoryRows> {
    const all = <T>(sql: string): Promise<T[]> => tx.query<T[]>(sql);
    const position = positionOf((await all<Version>(POSITION.text))[0]);
    const units = await all<
      PeriodRow &
        Record<'id' | 'name' | 'initials' | 'kind' | 'path' | 'status', string> & {
          synonyms: string[];
          parent_id: string | null;
          merged_into: string | null;
        }
    >(`select id, name, synonyms, initials, kind, parent_id, path, status, merged_into, ${DAYS} from org_unit order by path`);
    const persons = await all<{ id: string; name: string; initials: string; phone_masked: string | null }>(
      'select id, name, initials, phone_masked from org_person order by id',
    );
    const posts = await all<{
      id: string;
      unit_id: string;
      title: string;
      roles: string[];
      receives: boolean;
      closed_after: string | null;
    }>('select id, unit_id, title, roles, receives, closed_after::text as closed_after from org_post order by id');
    const holdings = await all<TenureRow>(`select post_id, person_id, ${DAYS} from org_holding order by post_id, from_date, person_id`);
    const substitutes = await all<TenureRow>(
      `select post_id, person_id, ${DAYS} from org_substitute order by post_id, from_date, person_id`,
    );
    const secondments = await all<PeriodRow & { person_id: string; from_unit: string; to_unit: string }>(
      `select person_id, from_unit, to_unit, ${DAYS} from org_secondment order by person_id, from_date, to_unit`,
    );
    const charges = await all<PeriodRow & { person_id: string; unit_id: string }>(
      `select person_id, unit_id, ${DAYS} from org_responsibility order by person_id, from_date, unit_id`,
    );
    const categories = await all<{
      code: string;
      name: string;
      initials: string;
      parent: string | null;
      evidence_kinds: string[];
      retired_after: string | null;
    }>('select code, name, initials, parent, evidence_kinds, retired_after::text as retired_after from org_category order by code');
    const rules = await all<PeriodRow & { code: string; version: number; unit_id: string | null; duty: string; leads: string }>(
      `select code, version, unit_id, duty, leads, ${DAYS} from org_category_rule order by code, version`,
    );
    return {
      position,
      units: units.map((u) => ({
        id: u.id as UnitId,
        name: u.name,
        synonyms: u.synonyms,
        initials: u.initials,
        kind: u.kind as UnitKind,
        parentId: u.parent_id as UnitId | null,
        path: u.path,
        status: u.status as UnitStatus,
        mergedInto: u.merged_into as UnitId | null,
        ...period(u),
      })),
      persons: persons.map((p) => ({ id: p.id as PersonId, name: p.name, initials: p.initials, phoneMasked: p.phone_masked })),
      posts: posts.map((p) => ({
        id: p.id as PostId,
        unitId: p.unit_id as UnitId,
        title: p.title,
        roles: p.roles as Role[],
        receives: p.receives,
        closedAfter: p.closed_after as LocalDate | null,
      })),
      holdings: holdings.map(tenure),
      substitutes: substitutes.map(tenure),
      secondments: secondments.map((s) => ({
        personId: s.person_id as PersonId,
        fromUnit: s.from_unit as UnitId,
        toUnit: s.to_unit as UnitId,
        ...period(s),
      })),
      responsibilities: charges.map((c) => ({ personId: c.person_id as PersonId, unitId: c.unit_id as UnitId, ...period(c) })),
      categories: categories.map((c) => ({
        code: c.code as CategoryCode,
        name: c.name,
        initials: c.initials,
        parent: c.parent as CategoryCode | null,
        evidenceKinds: c.evidence_kinds as EvidenceKind[],
        retiredAfter: c.retired_after as LocalDate | null,
      })),
      categoryRules: rules.map((r) => ({
        code: r.code as CategoryCode,
        version: r.version,
        unitId: r.unit_id as UnitId | null,
        duty: r.duty as Duty,
        leads: r.leads === 'sectoral' ? ('sectoral' as const) : ('territorial' as const),
        ...period(r),
      })),
    };
  }
}
