import type { OverviewAnswer } from '../../api/generated/types.gen';
import { dayWords } from '../../ui/time';
import { addDays, type Place } from './links';
import type { Counted, Said } from './said';
import { figureName, t } from './words';

/** What the county's row of the board adds: whether anything was ever filed, and its zeros. */
export type CountyState = Readonly<{
  nothingFiled: boolean;
  zeros: readonly Readonly<{ kind: 'rectified' | 'cleared'; reached: string; lost: string | null }>[];
}>;

const county = (figure: string, asOf: string, more: Partial<Place> = {}): Place => ({ scope: 'county', id: 'all', figure, asOf, ...more });
const counted = (n: number, figure: string, asOf: string, more: Partial<Place> = {}): Counted => ({ n, to: county(figure, asOf, more) });
const HOLDERS = ['office', 'towns', 'departments'] as const;
export type Holder = (typeof HOLDERS)[number];
type Segment = OverviewAnswer['segments'][number];

export const holdersOf = (
  segments: OverviewAnswer['segments'],
): readonly Readonly<{ holder: Holder; n: number; segments: readonly Segment[] }>[] =>
  HOLDERS.map((holder) => {
    const own = segments.filter((segment) => segment.holder === holder && segment.n > 0);
    return { holder, n: own.reduce((sum, { n }) => sum + n, 0), segments: own };
  }).filter(({ n }) => n > 0);

const holds = ({ holder, n, segments }: ReturnType<typeof holdersOf>[number], asOf: string): Said => ({
  key: `holder.${holder}`,
  parts: {
    n,
    parts: segments.map((segment) => ({
      key: 'stageCount',
      parts: { stage: figureName('county', segment.figure), n: counted(segment.n, segment.figure, asOf) },
    })),
  },
});

/** 清零 is said only where the server dated the zero; nothing filed is 无问题 (R37). */
export const remainsSaid = ({ remainder, segments, asOf, beside }: OverviewAnswer, state: CountyState | null): Said => {
  if (remainder > 0) {
    const parts = holdersOf(segments).map((one) => holds(one, asOf));
    return { key: 'remains', parts: { n: counted(remainder, 'open', asOf), parts } };
  }
  if (state?.nothingFiled === true) return { key: 'remainsNothing' };
  const zero = state?.zeros.find(({ kind, lost }) => kind === 'cleared' && lost === null);
  if (zero !== undefined) return { key: 'remainsZero', parts: { day: dayWords(zero.reached) } };
  const waiting = beside.untriaged + beside.accepted;
  return waiting > 0 ? { key: 'remainsWaiting', parts: { n: waiting } } : { key: 'remainsNone' };
};

export const besideSaid = ({ beside, asOf }: OverviewAnswer): Said => ({
  key: 'besideUs',
  parts: Object.fromEntries(
    (['untriaged', 'accepted', 'longTerm', 'placeholders', 'overdue'] as const).map((figure) => [
      figure,
      counted(beside[figure], figure, asOf),
    ]),
  ),
});

export const weekSaid = ({ week, asOf }: OverviewAnswer): Said => {
  const eve = addDays(week.from, -1);
  const span = { from: dayWords(week.from, week.to.slice(0, 4)), to: dayWords(week.to, week.to.slice(0, 4)) };
  const moved = (n: number, figure: string): Counted => ({ n: Math.abs(n), to: county(figure, asOf, { from: eve }), by: 'compare' });
  const parts = {
    ...span,
    new: moved(week.new, 'cameToClear'),
    cleared: counted(week.cleared, 'closedWithImmediate', asOf, { from: week.from }),
  };
  if (week.net === 0) return { key: 'weekFlat', parts };
  return { key: 'week', parts: { ...parts, direction: t(week.net > 0 ? 'up' : 'down'), net: moved(week.net, 'open') } };
};
/** What is neither new nor cleared: reopened, or out of the count. */
export const weekOtherSaid = ({ week }: OverviewAnswer): Said | null =>
  week.other === 0 ? null : { key: 'weekOther', parts: { direction: t(week.other > 0 ? 'more' : 'less'), n: Math.abs(week.other) } };

export const dueSaid = ({ dueNext7Days: due }: OverviewAnswer): Said => {
  const span = { from: dayWords(due.from, due.from.slice(0, 4)), to: dayWords(due.to, due.from.slice(0, 4)) };
  if (due.legs === 0) return { key: 'dueSoonNone', parts: span };
  return { key: 'dueSoon', parts: { ...span, n: due.legs, units: due.units.filter(({ legs }) => legs > 0).length } };
};
/** The list behind a unit's own number: without what is below it. */
export const dueUnitPlace = (unit: Readonly<{ id: string; board: 'town' | 'department' | null }>, figure: string, asOf: string): Place => ({
  scope: unit.board ?? 'department',
  id: unit.id,
  figure,
  asOf,
  subtree: false,
});

const paceOnly = ({ pace, remainder, asOf }: OverviewAnswer): Said => {
  if (remainder === 0) return { key: 'paceZero' };
  const { cleared, workingDays: days, zeroBy, perWorkingDay } = pace;
  if (cleared === 0) return { key: 'paceNever', parts: { days } };
  const parts = { days, cleared: counted(cleared, 'closedWithImmediate', asOf, { from: pace.from }) };
  if (zeroBy === null) return { key: 'paceFar', parts };
  const per = perWorkingDay === '0.0' ? t('lessThanTenth') : t('about', { n: perWorkingDay });
  return { key: 'paceBy', parts: { ...parts, per, day: dayWords(zeroBy) } };
};
const targetOnly = ({ pace, remainder }: OverviewAnswer): Said | null => {
  if (remainder === 0) return null;
  const { target, workingDaysToTarget: left, neededPerWorkingDay: needed } = pace;
  if (target === null) return { key: 'paceNoTarget' };
  if (left === null || needed === null) return { key: 'paceTargetToday', parts: { target: dayWords(target) } };
  return { key: 'paceTarget', parts: { target: dayWords(target), left, needed } };
};
/** Zero by when at the present pace, and what pace the last due day needs. */
export const paceSaid = (overview: OverviewAnswer, state: CountyState | null): readonly Said[] => {
  if (state?.nothingFiled === true) return [{ key: 'paceNothing' }];
  return [paceOnly(overview), targetOnly(overview)].filter((said) => said !== null);
};

export const seriousSaid = ({ serious, asOf }: OverviewAnswer): Said =>
  serious.total === 0 ? { key: 'seriousNone' } : { key: 'serious', parts: { n: counted(serious.total, 'serious', asOf) } };
export const relapsesSaid = ({ relapses, asOf }: OverviewAnswer): Said =>
  relapses.total === 0 ? { key: 'relapsesNone' } : { key: 'relapses', parts: { n: counted(relapses.total, 'relapses', asOf) } };
export const upperSaid = ({ upper, asOf }: OverviewAnswer): Said =>
  upper.total === 0
    ? { key: 'upperNone' }
    : { key: 'upper', parts: { n: counted(upper.total, 'upper', asOf), cleared: counted(upper.cleared, 'upperCleared', asOf) } };
export const untouchedSaid = ({ untouched }: OverviewAnswer): Said => {
  const [first] = untouched;
  if (first === undefined) return { key: 'untouchedNone' };
  return { key: 'untouchedLead', parts: { n: untouched.length, unit: first.unit.name, days: first.workingDays } };
};
