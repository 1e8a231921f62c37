import type { UnitId } from '@app/kernel';
import type { Choices, DraftLeg, KnownUnit, World } from './draft-row';
import { remark, type Remark } from './remarks';
import { splitNames } from './text';

/** Names as written in the cells of one kind of column, with the address of each. */
export type Written = readonly Readonly<{ text: string; address: string }>[];
export type WrittenUnits = Readonly<{ lead: Written; responsible: Written; assisting: Written; owner: Written }>;
export type UnderstoodUnits = Readonly<{
  legs: readonly DraftLeg[];
  towns: readonly UnitId[];
  assisting: readonly UnitId[];
  projectOwnerId: UnitId | null;
  /** The only village among the responsible: also where the problem is. */
  villageId: UnitId | null;
  remarks: readonly Remark[];
}>;

type Found = Readonly<{ units: readonly KnownUnit[]; remarks: readonly Remark[] }>;

/** Words that stand where a unit should: no unit, and no mistake either. */
const NOBODY = /^(无|\/|-+|各镇街|各有关单位|相关单位|相关部门|有关部门)$/;

const find = (written: Written, world: World, choices: Choices): Found => {
  const units = new Map<UnitId, KnownUnit>();
  const remarks: Remark[] = [];
  for (const { text, address } of written) {
    // A name may itself contain a joining word: 规划和自然资源局.
    const whole = text.trim() === '' ? [] : world.unitsByName(text).exact;
    for (const name of whole.length === 1 ? [text] : splitNames(text)) {
      if (NOBODY.test(name)) continue;
      const chosen = choices.units[name];
      if (chosen === null) continue;
      const known =
        chosen === undefined ? world.unitsByName(name) : { exact: [world.unit(chosen)].filter((u) => u !== undefined), near: [] };
      const only = known.exact.length === 1 ? known.exact[0] : undefined;
      if (only !== undefined) units.set(only.id, only);
      else if (known.exact.length > 1)
        remarks.push(
          remark(
            'unit-ambiguous',
            address,
            { name },
            known.exact.map((u) => u.name),
          ),
        );
      else
        remarks.push(
          remark(
            'unit-unknown',
            address,
            { name },
            known.near.map((u) => u.name),
          ),
        );
    }
  }
  return { units: [...units.values()], remarks };
};

/** Villages and sections answer through the unit above them. */
const standing = (units: readonly KnownUnit[], world: World): readonly KnownUnit[] => {
  const above = units.map((u) => world.unit(u.standsFor) ?? u);
  return above.filter((u, at) => above.findIndex((other) => other.id === u.id) === at);
};

/**
 * One town and one department become two legs; further departments assist; several towns become children.
 * 牵头 names who leads; without it the town leads, else the first one named.
 */
export const understandUnits = (written: WrittenUnits, world: World, choices: Choices, address: string): UnderstoodUnits => {
  const lead = find(written.lead, world, choices);
  const responsible = find(written.responsible, world, choices);
  const assisting = find(written.assisting, world, choices);
  const owner = find(written.owner, world, choices);
  const remarks = [...lead.remarks, ...responsible.remarks, ...assisting.remarks];
  const acting = standing([...lead.units, ...responsible.units], world);
  const leading = standing(lead.units, world)[0];
  const towns = acting.filter((u) => u.kind === 'town');
  const companies = acting.filter((u) => u.kind === 'company');
  const departments = acting.filter((u) => u.kind !== 'town' && u.kind !== 'company');
  const further = departments.slice(1);
  if (further.length > 0) remarks.push(remark('further-departments', address, { names: further.map((u) => u.name).join('、') }));
  if (towns.length > 1) remarks.push(remark('several-towns', address, { count: towns.length }));
  const legUnits = [
    ...towns.map((u) => ({ u, line: 'territorial' as const })),
    ...departments.slice(0, 1).map((u) => ({ u, line: 'sectoral' as const })),
    ...companies.slice(0, 1).map((u) => ({ u, line: 'owner' as const })),
  ];
  const leader = legUnits.find(({ u }) => u.id === leading?.id) ?? legUnits[0];
  const legs = legUnits.map(({ u, line }) => ({ unitId: u.id, line, leads: u.id === leader?.u.id }));
  const anyUnknown = remarks.some((r) => r.level === 'error');
  if (legs.length === 0 && !anyUnknown) remarks.push(remark('unit-missing', address));
  if (legs.length === 1 && !anyUnknown) remarks.push(remark('single-leg', address));
  const inLegs = new Set(legs.map((l) => l.unitId));
  const helping = [...further, ...standing(assisting.units, world)].map((u) => u.id).filter((id) => !inLegs.has(id));
  const villages = responsible.units.filter((u) => u.kind === 'village');
  return {
    legs,
    towns: towns.map((u) => u.id),
    assisting: [...new Set(helping)],
    projectOwnerId: standing(owner.units, world)[0]?.id ?? companies[0]?.id ?? null,
    villageId: villages.length === 1 ? (villages[0]?.id ?? null) : null,
    remarks,
  };
};
