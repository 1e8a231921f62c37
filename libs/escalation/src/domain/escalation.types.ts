import type { FindingId, Instant, LegId, LocalDate, PersonId, UnitId } from '@app/kernel';
import type { RuleScope } from '@app/worktime';

/** The rungs of the ladder, lowest first: 催办 · 督办函 · 约谈 · 挂牌. */
export const RUNGS = ['urging', 'supervision-letter', 'interview', 'listing'] as const;
export type Rung = (typeof RUNGS)[number];

/** Rungs that go out as documents, several of one unit on one where somebody wants it so. */
export const JOINT_RUNGS = ['urging', 'supervision-letter'] as const satisfies readonly Rung[];
export type JointRung = (typeof JOINT_RUNGS)[number];
export const isJoint = (rung: Rung): rung is JointRung => JOINT_RUNGS.some((one) => one === rung);
/** A rung of one missed due time, among those chosen. */
export type ChosenRung = Readonly<{ findingId: FindingId; legId: LegId; dueAt: Instant }>;

/** Whom a rung is addressed to: a unit, its head, the leader in charge of it. */
export type Addressee = Readonly<{ kind: 'unit' | 'unit-head' | 'leader'; unitId: UnitId; personId: PersonId | null }>;
export const ADDRESSEE_KINDS = ['unit', 'unit-head', 'leader'] as const;
export type AddresseeKind = (typeof ADDRESSEE_KINDS)[number];

/** What the ladder goes through: the rungs, and 黄 between them, which is shown and asks nobody for anything. */
export const LADDER_STEPS = ['urging', 'warning', 'supervision-letter', 'interview', 'listing'] as const;
export type LadderStep = (typeof LADDER_STEPS)[number];
export const isRung = (step: LadderStep): step is Rung => step !== 'warning';

/** proposed 待定 · issued 已发出 · declined 不发 · lapsed 失效: its ground is gone before anybody decided. */
export const RUNG_STATES = ['proposed', 'issued', 'declined', 'lapsed'] as const;
export type RungState = (typeof RUNG_STATES)[number];

/** What a ladder rule may be narrowed to; a part left out means "any". */
export type LadderScope = Pick<RuleScope, 'source' | 'seriousness'>;

/** One version of a rule: `days` working days after the missed due time the step is reached. */
export type LadderRule = LadderScope &
  Readonly<{
    id: string;
    version: number;
    step: LadderStep;
    days: number;
    addressees: readonly AddresseeKind[];
    /** Working days that an answer may take; null where none is asked for. */
    replyDays: number | null;
    from: LocalDate;
    /** Last day in force; null while it has none. */
    to: LocalDate | null;
  }>;

/** A step as it holds for one missed due time, with the version of the rule that says so. */
export type PlannedStep = Readonly<{
  step: LadderStep;
  days: number;
  addressees: readonly AddresseeKind[];
  replyDays: number | null;
  rule: Readonly<{ id: string; version: number }>;
}>;

/** running 计时中 · standing 停钟 (under return, in a pause) · done 已报完成 · closed 查否、撤销、并案. */
export type LegClockState = 'running' | 'standing' | 'done' | 'closed';
/** The rectification clock of an acting leg, as the finding has it now. */
export type LegClock = Readonly<{
  state: LegClockState;
  unitId: UnitId;
  dueAt: Instant;
  dueOn: LocalDate;
  /** The due time was missed, by the server's clock now or when it was reached. */
  missed: boolean;
}>;
