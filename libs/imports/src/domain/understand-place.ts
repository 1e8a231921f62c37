import type { UnitId } from '@app/kernel';
import type { Choices, KnownUnit, World } from './draft-row';
import { remark, type Remark } from './remarks';
import { splitNames, tidy } from './text';

export type WrittenPlace = Readonly<{ town: string; village: string; place: string; address: string; villageAddress: string }>;
export type UnderstoodPlace = Readonly<{ towns: readonly UnitId[]; villageId: UnitId | null; text: string; remarks: readonly Remark[] }>;

const only = (units: readonly KnownUnit[]): KnownUnit | undefined => (units.length === 1 ? units[0] : undefined);

/** Where the problem is: towns, one village, and the words as written. What is not recognised is kept, with the nearest names. */
export const understandPlace = (written: WrittenPlace, world: World, choices: Choices, towns: readonly UnitId[]): UnderstoodPlace => {
  const remarks: Remark[] = [];
  const found = new Map<UnitId, KnownUnit>();
  let village: KnownUnit | undefined;
  const accept = (unit: KnownUnit): void => {
    const top = world.unit(unit.standsFor) ?? unit;
    if (top.kind === 'town') found.set(top.id, top);
    if (unit.kind === 'village') village = unit;
  };
  const chosen = (name: string): KnownUnit | undefined => {
    const id = choices.units[name];
    return id === undefined || id === null ? undefined : world.unit(id);
  };
  for (const name of splitNames(written.town)) {
    const match = world.unitsByName(name, 'town');
    const unit = chosen(name) ?? only(match.exact) ?? only(world.unitsByName(name, 'village').exact);
    if (unit !== undefined) accept(unit);
    else if (choices.units[name] !== null)
      remarks.push(
        remark(
          'place-unknown',
          written.address,
          { name },
          match.near.map((u) => u.name),
        ),
      );
  }
  const within = (): UnitId | undefined => [...found.keys(), ...towns][0];
  const village_ = tidy(written.village);
  if (village_ !== '') {
    const match = world.unitsByName(village_, 'village', within());
    const unit = chosen(village_) ?? only(match.exact);
    if (unit !== undefined) accept(unit);
    else if (match.exact.length > 1)
      remarks.push(
        remark(
          'place-ambiguous',
          written.villageAddress,
          { name: village_ },
          match.exact.map((u) => world.unit(u.standsFor)?.name ?? u.name),
        ),
      );
    else if (choices.units[village_] !== null)
      remarks.push(
        remark(
          'place-unknown',
          written.villageAddress,
          { name: village_ },
          match.near.map((u) => u.name),
        ),
      );
  }
  const place = tidy(written.place);
  if (place !== '' && found.size === 0) {
    const unit = chosen(place) ?? world.placeAtStart(place, within());
    if (unit !== undefined) accept(unit);
    else if (towns.length === 0 && choices.units[place] !== null)
      remarks.push(
        remark(
          'place-unknown',
          written.address,
          { name: place },
          world.unitsByName(place).near.map((u) => u.name),
        ),
      );
  }
  const parts = [written.town, written.village, written.place].map(tidy).filter((t, at, all) => t !== '' && all.indexOf(t) === at);
  return { towns: [...found.keys()], villageId: village?.id ?? null, text: parts.join(' ').replaceAll('\n', ' '), remarks };
};
