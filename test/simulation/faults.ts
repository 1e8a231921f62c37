import * as planted from './planted';
import * as ladder from './planted-ladder';
import * as supervision from './planted-supervision';
import type { YearParts } from './simulate';

/** Workers with one fault each, by what they do. */
export const FAULTS = {
  'forgets what is overdue': { Reconciler: planted.ForgetsWhatIsOverdue },
  'does not arm again what the queue has lost': { Reconciler: planted.NeverArmsAgain },
  'does what a knock asks for as often as it comes': { Runner: planted.withoutMemory },
  'obeys a knock before its time': { Runner: planted.beforeItsTime, Reconciler: planted.KnocksAtOnce },
  'reminds of a due time that holds no longer': { Runner: planted.ofAnOldDueTime },
  'takes the time from the machine it runs on': { clock: planted.byTheMachine },
  'passes over a rung': { Queries: ladder.PassesOverARung },
  'proposes a rung before its day': { Queries: ladder.TakesAllForReached, Runner: ladder.beforeItsDay },
  'proposes a rung again that it proposed': { Queries: ladder.ComesBackToARung, Runner: ladder.withoutMemory },
  'forgets a report that was due while nobody looked': { Cases: supervision.ForgetsWhatIsLate },
  'counts a report as missed a day before its time': { Cases: supervision.TakesTomorrowForToday, Runner: supervision.beforeItsTime },
  'asks for the same report again': { Cases: supervision.ComesBackToACase, Runner: supervision.withoutMemory },
  'counts a report as missed that was given in time': { Runner: supervision.blindToReports },
  'counts the days until a report by another calendar': { Runner: supervision.byAnotherCalendar },
  'asks for reports while nobody can say what time it is': { clock: supervision.withoutDoubt },
  'says nothing of a missed report': { Runner: supervision.silentAboutMissed },
} as const satisfies Readonly<Record<string, Partial<YearParts>>>;
export type Fault = keyof typeof FAULTS;
