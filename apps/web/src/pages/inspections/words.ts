import zh from '../../i18n/zh/inspections.json';
import common from '../../i18n/zh/common.json';
import { textsOf } from '../../i18n/texts';
import type { InspectionAnswer } from '../../api/generated/types.gen';
import { dayWords } from '../../ui/time';

export const t = textsOf(zh);
export const c = textsOf(common);

export const STATE_TONES = { planned: 'blue', 'under-way': 'green', over: 'grey' } as const;
export const stateWords = (state: InspectionAnswer['state']): string => t(`state.${state}`);

export const daysWords = ({ from, to }: Readonly<{ from: string; to: string }>): string =>
  from === to ? dayWords(from) : t('days', { from: dayWords(from), to: dayWords(to) });

type Village = InspectionAnswer['villages'][number];
/** Villages told town by town, in the order of the plan. */
export const byTown = (villages: readonly Village[]): readonly Readonly<{ town: string; villages: readonly Village[] }>[] => {
  const towns = new Map<string, Village[]>();
  for (const village of villages) towns.set(village.townName ?? '', [...(towns.get(village.townName ?? '') ?? []), village]);
  return [...towns].map(([town, own]) => ({ town, villages: own }));
};
export const placeWords = (villages: readonly Village[]): string =>
  byTown(villages)
    .map(({ town, villages: own }) => t('townVillages', { town, villages: own.map(({ name }) => name).join(t('comma')) }))
    .join(t('semicolon'));
