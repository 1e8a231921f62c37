import type { LocalDate, PersonId, UnitId } from '@app/kernel';
import type { DirectoryView } from '@app/organisation';
import type { Addressee, AddresseeKind } from '../domain/escalation.types';

/** The unit that stands for this one today; itself where the organisation does not know it. */
export const standingUnit = (view: DirectoryView, unitId: UnitId): UnitId =>
  view.unit(unitId) === undefined ? unitId : view.standing(unitId);

/** Who heads the unit on that day. */
const headsOf = (view: DirectoryView, unitId: UnitId, on: LocalDate): readonly PersonId[] => [
  ...new Set(
    view
      .allPosts()
      .filter((post) => post.roles.includes('head') && standingUnit(view, post.unitId) === unitId)
      .filter((post) => post.closedAfter === null || on <= post.closedAfter)
      .flatMap((post) => view.holdersOf(post.id, on)),
  ),
];

/** The leaders in charge of the unit on that day; where it has none, those of the town of the finding. */
export const leadersInCharge = (view: DirectoryView, unitId: UnitId, townId: UnitId, on: LocalDate): readonly PersonId[] => {
  const own = view.leadersOf(unitId, on);
  return own.length > 0 ? own : view.leadersOf(standingUnit(view, townId), on);
};

/** The kinds as the people of that day; one who is not known stays without a name, so that the lack is seen. */
export const addresseesOf = (
  view: DirectoryView,
  kinds: readonly AddresseeKind[],
  of: Readonly<{ unitId: UnitId; townId: UnitId }>,
  on: LocalDate,
): readonly Addressee[] => {
  const unitId = standingUnit(view, of.unitId);
  const people: Readonly<Record<AddresseeKind, () => readonly PersonId[]>> = {
    unit: () => [],
    'unit-head': () => headsOf(view, unitId, on),
    leader: () => leadersInCharge(view, unitId, of.townId, on),
  };
  return kinds.flatMap((kind): readonly Addressee[] => {
    const named = people[kind]();
    return named.length === 0 ? [{ kind, unitId, personId: null }] : named.map((personId) => ({ kind, unitId, personId }));
  });
};
