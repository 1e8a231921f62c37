import { InspectionQueries, type InspectionRow, type InspectionScope } from '@app/inspections';
import { Clock, localDateOf, type Actor, type LocalDate, type PersonId, type Role, type UnitId } from '@app/kernel';
import { Directory, type DirectoryView } from '@app/organisation';
import { Inject, Injectable } from '@nestjs/common';

const SEES_ALL: readonly Role[] = ['office', 'office-head', 'auditor'];
const SEES_OWN_TEAM: readonly Role[] = ['inspector', 'team-head'];
const SEES_OWN_VILLAGES_AFTER: readonly Role[] = ['clerk', 'deputy', 'head'];

export type InspectionReading = Readonly<{ actor: Actor; scope: InspectionScope; view: DirectoryView; today: LocalDate }>;

const has = (actor: Actor, roles: readonly Role[]): boolean => actor.roles.some((role) => roles.includes(role));
/** The person, and whom they stand in for. */
export const personsOf = ({ personId, inPlaceOf }: Actor): readonly PersonId[] => [personId, ...(inPlaceOf === null ? [] : [inPlaceOf])];

const villagesBelow = (view: DirectoryView, units: readonly UnitId[]): readonly UnitId[] =>
  units.flatMap((unit) => view.subtree(unit)).flatMap(({ id, kind }) => (kind === 'village' ? [id] : []));

/** Which tasks somebody may know of: the team and the office at once, whoever is inspected only when the task is over. */
export const inspectionScopeOf = (actor: Actor, view: DirectoryView, today: LocalDate): InspectionScope => {
  const all = has(actor, SEES_ALL);
  const goesOut = has(actor, SEES_OWN_TEAM);
  const teams = goesOut ? view.allUnits().flatMap(({ id }) => (view.currentOf(id) === actor.unitId ? [id] : [])) : [];
  if (has(actor, ['independent-verifier'])) return { all, teams, persons: personsOf(actor), whenOver: 'any' };
  const units = [
    ...(has(actor, SEES_OWN_VILLAGES_AFTER) ? [actor.unitId] : []),
    ...(actor.roles.includes('leader') ? view.townsOf(actor.inPlaceOf ?? actor.personId, today) : []),
  ];
  return { all, teams, persons: goesOut || all ? personsOf(actor) : [], whenOver: villagesBelow(view, units) };
};

/** What somebody may know of inspections now. */
@Injectable()
export class InspectionDesk {
  constructor(
    @Inject(Directory) private readonly directory: Directory,
    @Inject(InspectionQueries) private readonly queries: InspectionQueries,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async reading(actor: Actor): Promise<InspectionReading> {
    const view = await this.directory.view();
    const today = localDateOf(this.clock.now());
    return { actor, view, today, scope: inspectionScopeOf(actor, view, today) };
  }

  /** Tasks that this person is out on today. */
  underWay({ actor, today }: InspectionReading): Promise<readonly InspectionRow[]> {
    return this.queries.underWay(personsOf(actor), today);
  }
}
