import type { RoundTripAnswer, RoundTripRowShown, RoundTripRowsData } from '../../api/generated/types.gen';
import type { Tone } from '../../ui/states';

export type Only = NonNullable<NonNullable<RoundTripRowsData['query']>['only']>;
type Job = Pick<RoundTripAnswer, 'state'>;

/** Work goes on behind: ask again. */
export const isMoving = ({ state }: Job): boolean => state === 'reading' || state === 'running';
export const isEnded = ({ state }: Job): boolean => state === 'done' || state === 'refused' || state === 'cancelled';
export const shareOf = ({ rowsDone, rowsTotal }: Pick<RoundTripAnswer, 'rowsDone' | 'rowsTotal'>): number | null =>
  rowsTotal === 0 ? null : Math.min(1, rowsDone / rowsTotal);

export const jobTone = ({ state }: Job): Tone =>
  state === 'ready' ? 'amber' : state === 'refused' ? 'red' : state === 'done' ? 'green' : state === 'cancelled' ? 'grey' : 'blue';
export const rowTone = (state: RoundTripRowShown['state']): Tone => {
  if (state === 'refused' || state === 'failed') return 'red';
  return state === 'done' ? 'green' : state === 'changed' ? 'blue' : 'grey';
};

type Counts = NonNullable<RoundTripAnswer['counts']>;
/** Which rows are worth a look, the refused before those that did not change. After the run the changed ones are done, failed or left. */
export const tabsOf = ({ rows, changed, refused, unchanged }: Counts): readonly Readonly<{ only: Only; count: number }>[] =>
  [
    { only: 'changed' as const, count: changed },
    { only: 'refused' as const, count: refused },
    { only: 'unchanged' as const, count: unchanged },
    { only: 'all' as const, count: rows },
  ].filter(({ only, count }) => only === 'all' || count > 0);
