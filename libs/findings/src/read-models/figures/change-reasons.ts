/** What happened to a finding or a leg between two days, net of what came and went between them. */
export const CHANGE_REASONS = [
  'filed',
  'accepted',
  'transferred',
  'delivered',
  'signed',
  'returned',
  'ruled',
  'reported',
  'submitted',
  'sent-back',
  'passed',
  'verified',
  'cleared',
  'revoked',
  'reopened',
  'long-term',
  'dismissed',
  'withdrawn',
  'linked',
  'moved',
  'taken-off',
  'looked-back',
  'relapsed',
  'extended',
  'due-moved',
  'became-overdue',
  'day-came',
  'corrected',
] as const;
export type ChangeReason = (typeof CHANGE_REASONS)[number];

export type FactOnDay = Readonly<{ measures: readonly string[]; inScope: boolean }>;
export type ChangedFact = Readonly<{
  part: string;
  before: FactOnDay | null;
  after: FactOnDay | null;
  /** The finding as a whole on the second day, where the part is not the finding itself. */
  whole: readonly string[];
  /** The figure counts by the unit's own clock. */
  byClock: boolean;
}>;

const ENDS = ['dismissed', 'withdrawn', 'linked'] as const;
/** Where facts of findings and legs stand, as their measures say. */
export const stageIn = (measures: readonly string[]): string | null => {
  const stage = measures.find((measure) => measure.startsWith('stage:'));
  if (stage !== undefined) return stage.slice('stage:'.length);
  if (measures.includes('long_term')) return 'long-term';
  if (measures.includes('cleared') || measures.includes('cleared_immediate')) return 'cleared';
  if (measures.includes('passed') || measures.includes('passed_immediate') || measures.includes('guiding_passed')) return 'passed';
  return ['untriaged', 'accepted', ...ENDS].find((name) => measures.includes(name)) ?? null;
};
/** The day of a measure that has one, `open_by_due@2020-07-08`. */
export const dayIn = (measures: readonly string[], ...names: readonly string[]): string | null =>
  measures.find((measure) => names.some((name) => measure.startsWith(`${name}@`)))?.split('@')[1] ?? null;

/** Into the stage of the second day, by where it came from. */
const STEPS: Readonly<Record<string, ChangeReason>> = {
  unsigned: 'delivered',
  delivered: 'delivered',
  returned: 'returned',
  'under-return': 'returned',
  reported: 'reported',
  'first-reviewed': 'reported',
  submitted: 'submitted',
  'in-review': 'submitted',
  'to-verify': 'passed',
  'to-clear': 'verified',
  accepted: 'accepted',
};
const BACK_TO_WORK: Readonly<Record<string, ChangeReason>> = {
  returned: 'ruled',
  'under-return': 'ruled',
  submitted: 'sent-back',
  'in-review': 'sent-back',
  'to-verify': 'sent-back',
  'to-clear': 'sent-back',
  passed: 'reopened',
};

export const reasonOf = ({ part, before, after, whole, byClock }: ChangedFact): ChangeReason => {
  const isFinding = part === '';
  const [was, is] = [stageIn(before?.measures ?? []), stageIn(after?.measures ?? [])];
  const ended = ENDS.find((end) => (isFinding ? is === end : after === null && whole.includes(end)));
  if (ended !== undefined && was !== ended) return ended;
  const gained = (measure: string): boolean =>
    after?.measures.some((m) => m === measure) === true && before?.measures.some((m) => m === measure) !== true;
  if (gained('relapses')) return 'relapsed';
  if (part.startsWith('~checked/')) return 'looked-back';
  if (part.startsWith('~')) return after === null ? 'transferred' : 'filed';
  if (before !== null && after !== null && before.inScope !== after.inScope) return 'moved';
  if (is !== was && (is === 'cleared' || is === 'long-term' || is === 'passed')) return is;
  if (before === null) return isFinding ? 'filed' : 'delivered';
  if (after === null) return 'taken-off';
  if (was === 'cleared' || was === 'long-term') return is === was ? 'corrected' : 'revoked';
  const clock = [dayIn(before.measures, 'running_by_due'), dayIn(after.measures, 'running_by_due')] as const;
  if (byClock && clock[0] !== null && clock[1] !== null) {
    if (clock[0] === clock[1]) return 'became-overdue';
    return gained('extended') ? 'extended' : 'due-moved';
  }
  if (is !== was) {
    if (was === 'untriaged' || was === 'accepted') return is === 'accepted' ? 'accepted' : 'transferred';
    if (is === 'rectifying' || is === 'working') return BACK_TO_WORK[was ?? ''] ?? 'signed';
    return STEPS[is ?? ''] ?? 'corrected';
  }
  if (gained('extended')) return 'extended';
  const due = (fact: FactOnDay): string | null => dayIn(fact.measures, 'open_by_due', 'open_by_due_immediate');
  if (due(before) !== due(after)) return 'due-moved';
  const same = before.measures.length === after.measures.length && before.measures.every((m, i) => m === after.measures[i]);
  return same ? 'day-came' : 'corrected';
};
