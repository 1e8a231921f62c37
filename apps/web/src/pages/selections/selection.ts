import type {
  OfferedCommand,
  OffersOffersResponse,
  SelectionAnswer,
  SelectionRowsShown,
  SelectionsAllResponse,
  SelectionsExceptData,
  SelectionsJudgeData,
  SelectionsOpenData,
  SelectionsRowsData,
} from '../../api/generated/types.gen';
import type { Tone } from '../../ui/states';
import { formOf, isStep, STEPS, type Step } from './steps';
import type { Selectable } from './use-ticks';

export type Row = SelectionRowsShown['rows'][number];
export type Summary = SelectionsAllResponse['selections'][number];
export type Method = SelectionsJudgeData['body']['method'];

/** What a list shows, as its own query; the rows that match when the selection is opened are fixed then. */
export type Filter = NonNullable<SelectionsOpenData['body']['filter']>;

/** So many rows are asked what is offered on them; the first, the last, and between. */
const MOST_PROBES = 4;
export const probes = (chosen: readonly Selectable[]): readonly Selectable[] => {
  const different = [...new Map(chosen.map((row) => [row.findingId, row])).values()];
  if (different.length <= MOST_PROBES) return different;
  return Array.from({ length: MOST_PROBES }, (_, at) => different[Math.round((at * (different.length - 1)) / (MOST_PROBES - 1))]).filter(
    (row) => row !== undefined,
  );
};

const ORDER = Object.keys(STEPS) as readonly Step[];
type Offer = Pick<OffersOffersResponse['offers'][number], 'command' | 'allowed' | 'legId'>;
/**
 * Steps that somebody may take on one of the rows, each once, in the order of the work; on a leg only where its leg is the row,
 * or the whole finding is.
 */
export const offeredSteps = (asked: readonly Readonly<{ row: Selectable; offers: readonly Offer[] }>[]): readonly Step[] => {
  const allowed = new Set<OfferedCommand>(
    asked.flatMap(({ row, offers }) =>
      offers.flatMap(({ command, allowed, legId }) =>
        allowed && isStep(command) && (formOf(command).of === 'finding' || row.legId === null || legId === row.legId) ? [command] : [],
      ),
    ),
  );
  return ORDER.filter((step) => allowed.has(step));
};

/** Ids where rows were ticked, the filter where everything was meant. */
export const asked = (step: Step, chosen: readonly Selectable[], filter: Filter | null) =>
  filter === null ? { step, rows: chosen.map(({ findingId, legId }) => ({ findingId, legId })) } : { step, filter };

type Counts = SelectionAnswer['counts'];
export type Shown = NonNullable<NonNullable<SelectionsRowsData['query']>['only']>;
/** Kinds of rows there are any of; the refused stand before those that went well, they are what is left to do. */
export const shownTabs = (counts: Counts): readonly Readonly<{ only: Shown; count: number }>[] => {
  const { rows, waiting, done, unchanged, refused, leftOut } = counts;
  const all: readonly (readonly [Shown, number])[] = [
    ['all', rows],
    ['waiting', waiting],
    ['refused', refused],
    ['left-out', leftOut],
    ['done', done],
    ['unchanged', unchanged],
  ];
  return all.filter(([only, count]) => only === 'all' || count > 0).map(([only, count]) => ({ only, count }));
};

/** Changes whenever rows may read otherwise; not with each row that is done while it runs, the progress tells of those. */
export const rowsVersion = ({ state, changedAt, counts }: Pick<SelectionAnswer, 'state' | 'changedAt' | 'counts'>): string =>
  state === 'running' ? state : JSON.stringify([state, changedAt, counts]);

export const rowTone = (state: Row['state']): Tone =>
  state === 'refused' ? 'red' : state === 'done' ? 'green' : state === 'waiting' ? 'blue' : 'grey';

/** Work goes on behind: ask again. */
export const isMoving = ({ state }: Pick<SelectionAnswer, 'state'>): boolean => state === 'preparing' || state === 'running';
export const isEnded = ({ state }: Pick<SelectionAnswer, 'state'>): boolean =>
  state === 'done' || state === 'blocked' || state === 'cancelled';

/** How much of what is under way is done: looked at by the preview, or run; null while nothing is known. */
export const shareOf = ({ state, counts }: Pick<SelectionAnswer, 'state' | 'counts'>): number | null => {
  const { rows, looked, waiting, refused, leftOut } = counts;
  if (rows === 0) return null;
  if (state === 'preparing') return looked / rows;
  const meant = rows - leftOut - refused;
  return meant <= 0 ? 1 : (meant - waiting) / meant;
};

export type Exceptions = NonNullable<SelectionsExceptData['body']['exceptions']>;
type Excepted = Pick<Row, 'findingId' | 'legId' | 'leftOut' | 'own'>;
/** The exceptions there are, as they are given. */
export const exceptionsOf = (rows: readonly Excepted[]): Exceptions =>
  rows.flatMap(({ findingId, legId, leftOut, own }): Exceptions =>
    leftOut ? [{ findingId, legId, leaveOut: true }] : own === null ? [] : [{ findingId, legId, data: own }],
  );
type Place = Readonly<{ findingId: string; legId?: string | null }>;
/** Without those of one row. */
export const otherExceptions = <E extends Place>(known: readonly E[], row: Place): E[] =>
  known.filter(({ findingId, legId }) => findingId !== row.findingId || (legId ?? null) !== (row.legId ?? null));

/** A row by its number, else by its place: a finding that may not be seen has neither number nor text. */
export const nameOf = ({ number, n }: Pick<Row, 'number' | 'n'>): string => number ?? `#${String(n)}`;
