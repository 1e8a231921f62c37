import { FindingReader, type FindingState } from '@app/findings';
import { localDateOf, type Actor, type FindingId, type LocalDate, type UnitId } from '@app/kernel';
import { isWithin, type DirectoryView } from '@app/organisation';
import {
  SupervisionQueries,
  unitsOfSubject,
  type CaseRow,
  type CaseScope,
  type SupervisionId,
  type SupervisionSubject,
} from '@app/supervision';
import { Inject, Injectable } from '@nestjs/common';
import { FindingAccess } from '../findings/finding-access';
import { notFound } from '../platform/problem';
import { ReaderContext } from '../reading/reader-context';

export type SupervisionReading = Readonly<{
  view: DirectoryView;
  today: LocalDate;
  scope: CaseScope;
}>;

const holders = (state: FindingState): readonly UnitId[] => {
  if (state.phase === 'absent') return [];
  const work = 'work' in state ? state.work : null;
  if (work === null) return [state.core.place.townId];
  return [...new Set(Object.values(work.legs).flatMap((leg) => (leg.duty === 'acts' ? [leg.unitId] : [])))].sort();
};

/** What somebody may know of supervision now. */
@Injectable()
export class SupervisionDesk {
  constructor(
    @Inject(ReaderContext) private readonly readers: ReaderContext,
    @Inject(SupervisionQueries) private readonly queries: SupervisionQueries,
    @Inject(FindingAccess) private readonly access: FindingAccess,
    @Inject(FindingReader) private readonly findings: FindingReader,
  ) {}

  async reading(actor: Actor): Promise<SupervisionReading> {
    const { scope, view, now } = await this.readers.of(actor);
    const today = localDateOf(now);
    if (scope.all) return { view, today, scope: { all: true, any: [], only: [] } };
    const seen = [...scope.paths, ...scope.leaderPaths];
    const units = view.allUnits();
    const any = units.flatMap((unit) => (seen.some((root) => isWithin(unit.path, root)) ? [unit.id] : []));
    // Where no leader answers for a unit, any of them decides.
    const unanswered = units.flatMap(({ id }) => (view.leadersOf(view.currentOf(id), today).length === 0 ? [id] : []));
    return { view, today, scope: { all: false, any, only: actor.roles.includes('leader') ? unanswered : [] } };
  }

  private concerns(row: CaseRow, { scope: { all, any, only }, view }: SupervisionReading): boolean {
    const of = unitsOfSubject(row.subject);
    return all || of.some((unit) => any.includes(unit) || any.includes(view.currentOf(unit))) || of.every((unit) => only.includes(unit));
  }

  /** All cases of a subject that the reader is concerned with, the newest first; 404 without one. */
  async cases(id: SupervisionId, reading: SupervisionReading): Promise<readonly [CaseRow, ...CaseRow[]]> {
    const [newest, ...older] = (await this.queries.of(id)).filter((row) => this.concerns(row, reading));
    if (newest === undefined) throw notFound();
    return [newest, ...older];
  }

  async mustKnow(id: SupervisionId, actor: Actor): Promise<CaseRow> {
    return (await this.cases(id, await this.reading(actor)))[0];
  }

  knowsFinding(findingId: FindingId, actor: Actor): Promise<boolean> {
    return this.access.knows(findingId, actor);
  }

  /** As the stream has it. A finding that the writer may not know of is none. */
  async subject(
    asked: Readonly<{ kind: 'unit'; unitId: UnitId }> | Readonly<{ kind: 'finding'; findingId: FindingId }>,
    actor: Actor,
  ): Promise<SupervisionSubject> {
    if (asked.kind === 'unit') return asked;
    await this.access.mustKnow(asked.findingId, actor);
    const { state } = await this.findings.load(asked.findingId);
    if (state.phase === 'absent') throw notFound();
    return { kind: 'finding', findingId: asked.findingId, number: state.core.number, unitIds: holders(state) };
  }
}
