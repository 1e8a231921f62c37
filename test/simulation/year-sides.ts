import type { RecordedEvent } from '@app/event-store';
import { FINDING_STREAMS } from '@app/findings';
import type { LadderParts } from './ladder-host';
import { judgeLadders, type LadderJudgement } from './ladder-oracle';
import { LaddersOfLife } from './ladder-rows';
import { LadderYear, type SideSetting } from './ladder-year';
import type { Violation, YearRecord } from './oracle';
import type { SupervisionParts } from './supervision-host';
import { judgeReports, type ReportJudgement } from './supervision-oracle';
import { CasesOfLife } from './supervision-rows';
import { SupervisionYear } from './supervision-year';
import type { Parts } from './worker-host';

/** `ladder`: the ladder goes on from what was missed. `listed`: so many units are put on the list of 挂牌督办 and owe reports. */
export type SideMeasure = Readonly<{ ladder?: boolean; listed?: number }>;
export type SideParts = Partial<Pick<LadderParts, 'Queries'> & Pick<SupervisionParts, 'Cases'>>;
export type SideJudgement = Readonly<{
  rungs: Omit<LadderJudgement, 'violations'>;
  reports: Omit<ReportJudgement, 'violations'>;
}>;
/** What goes on in a year beside findings and their deadlines, on streams of its own. */
export type YearSide = Readonly<{
  streams: string;
  start: () => void;
  tell: (event: RecordedEvent) => void;
  calm: () => void;
  look: () => Promise<void>;
}>;

export const sidesOf = (
  { ladder = false, listed = 0 }: SideMeasure,
  setting: SideSetting,
  parts: Parts & SideParts,
): readonly YearSide[] => [
  ...(ladder ? [new LadderYear(setting, { Queries: LaddersOfLife, ...parts })] : []),
  ...(listed > 0 ? [new SupervisionYear(setting, listed, { Cases: CasesOfLife, ...parts })] : []),
];

/** What of a year went on in streams of these names. */
export const ofStreams = (record: YearRecord, ...names: readonly string[]): YearRecord => {
  const isOfThese = record.log.map(({ stream }) => names.some((name) => stream.startsWith(name)));
  return { ...record, log: record.log.filter((_, i) => isOfThese[i]), storedAt: record.storedAt.filter((_, i) => isOfThese[i]) };
};

const NO_LADDERS: LadderJudgement = { violations: [], proposed: 0, decided: 0 };

export const judgeSides = (
  record: YearRecord,
  endMs: number,
  { ladder = false }: SideMeasure,
): Readonly<{ violations: readonly Violation[] }> & SideJudgement => {
  const { violations: ofLadders, ...rungs } = ladder ? judgeLadders(ofStreams(record, FINDING_STREAMS, 'escalation-'), endMs) : NO_LADDERS;
  const { violations: ofReports, ...reports } = judgeReports(ofStreams(record, 'supervision-'), endMs);
  return { violations: [...ofLadders, ...ofReports], rungs, reports };
};
