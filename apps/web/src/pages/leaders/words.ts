import zh from '../../i18n/zh/leaders.json';
import { textsOf, wordOf } from '../../i18n/texts';
import type { BoardScope } from '../../api/generated/types.gen';

export const t = textsOf(zh);
export const word = (key: string): string => wordOf(zh, key);

/** Rows of towns and departments count legs, all others findings; the two are never added (R31). */
export const countsLegs = (scope: BoardScope): boolean => scope === 'town' || scope === 'department';

/** What a number of a board is called; some names mean another thing where legs are counted. */
export const figureName = (scope: BoardScope, figure: string): string => {
  const own = `leg.${figure}`;
  return countsLegs(scope) && Object.hasOwn(zh, own) ? word(own) : word(`figure.${figure}`);
};
export const rateName = (rate: string): string => word(`rate.${rate}`);

/** Units, categories and lists bring a name along; sources and the county are named here. */
export const rowName = (scope: BoardScope, id: string, name: string | null, partial = false): string => {
  if (name !== null) return name;
  if (scope === 'county') return t(partial ? 'countyPart' : 'wholeCounty');
  return scope === 'source' ? word(`source.${id}`) : id;
};
