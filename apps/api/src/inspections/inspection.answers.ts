import { isOver, mayPlan, type InspectionManner, type InspectionRow, type InspectionScope, type InspectionSource } from '@app/inspections';
import type { Actor, LocalDate, PersonId, UnitId } from '@app/kernel';
import type { DirectoryView } from '@app/organisation';

export type InspectionTeam = Readonly<{ id: UnitId; name: string }>;
export type InspectionMember = Readonly<{ id: PersonId; name: string }>;
export type InspectionVillage = Readonly<{ id: UnitId; name: string; townId: UnitId | null; townName: string | null }>;

/** A task as its reader may see it: whoever was inspected sees, once it is over, their own villages and no names of members. */
export type InspectionAnswer = Readonly<{
  inspectionId: string;
  revision: number;
  team: InspectionTeam;
  members: readonly InspectionMember[];
  villages: readonly InspectionVillage[];
  from: string;
  to: string;
  source: InspectionSource;
  manner: InspectionManner;
  note: string | null;
  state: 'planned' | 'under-way' | 'over';
  plannedBy: InspectionMember | null;
  plannedAt: string;
  endedAt: string | null;
  endReason: string | null;
  /** Whether the reader may change or end it now. */
  mayChange: boolean;
}>;

export const villageAnswer = (id: UnitId, view: DirectoryView): InspectionVillage => {
  const village = view.unit(id);
  const town = village === undefined || village.parentId === null ? undefined : view.unit(village.parentId);
  return { id, name: village?.name ?? id, townId: town?.id ?? null, townName: town?.name ?? null };
};
export const memberAnswer = (id: PersonId, view: DirectoryView): InspectionMember => ({ id, name: view.person(id)?.name ?? id });
export const teamAnswer = (id: UnitId, view: DirectoryView): InspectionTeam => ({ id, name: view.unit(id)?.name ?? id });

const stateOf = (row: InspectionRow, today: LocalDate): InspectionAnswer['state'] => {
  if (isOver({ to: row.to, ended: row.endedAt !== null }, today)) return 'over';
  return row.from <= today ? 'under-way' : 'planned';
};

export const worldOf = (view: DirectoryView) => ({ managingOffice: view.managingOffice()?.id ?? null, succession: view.succession() });

export const inspectionAnswer = (
  row: InspectionRow,
  view: DirectoryView,
  { actor, scope, today }: Readonly<{ actor: Actor; scope: InspectionScope; today: LocalDate }>,
): InspectionAnswer => {
  const inside = scope.all || scope.teams.includes(row.teamId) || row.members.some((member) => scope.persons.includes(member));
  const { whenOver } = scope;
  const villages = inside || whenOver === 'any' ? row.villages : row.villages.filter((id) => whenOver.includes(id));
  const state = stateOf(row, today);
  return {
    inspectionId: row.inspectionId,
    revision: row.revision,
    team: teamAnswer(row.teamId, view),
    members: inside ? row.members.map((id) => memberAnswer(id, view)) : [],
    villages: villages.map((id) => villageAnswer(id, view)),
    from: row.from,
    to: row.to,
    source: row.source,
    manner: row.manner,
    note: inside ? row.note : null,
    state,
    plannedBy: inside ? memberAnswer(row.plannedBy, view) : null,
    plannedAt: row.plannedAt,
    endedAt: row.endedAt,
    endReason: inside ? row.endReason : null,
    mayChange: state !== 'over' && mayPlan(actor, worldOf(view), row.teamId),
  };
};
