import type { CategoryCode, EvidenceId, FindingId, Instant, LegId, LocalDate, PersonId, Stamp, UnitId } from '@app/kernel';
import type { DueTime, ExtensionLevel } from '@app/worktime';
import type {
  ChildReference,
  Clearance,
  DeadlineKey,
  Duty,
  Evidence,
  FindingKind,
  FindingStage,
  FindingStatus,
  IndependentVerification,
  Instruction,
  ItemState,
  Line,
  ListReference,
  Manner,
  OpenDeadline,
  PauseReason,
  Place,
  Rectification,
  ReturnGround,
  Seriousness,
  Source,
  Stage,
  Subject,
  UpperReference,
  WitnessedOnTheSpot,
} from './finding.types';
import { isForSampling } from './town-review';

/** What is known of a finding in every phase after filing. */
export type Core = Readonly<{
  number: string;
  kind: FindingKind;
  source: Source;
  teamId: UnitId;
  filedBy: Stamp;
  filedAt: Instant;
  place: Place;
  subject: Subject;
  category: CategoryCode;
  text: string;
  basis: string | null;
  suggestedMeasure: string | null;
  manner: Manner;
  seriousness: Seriousness;
  responsibleUnitId: UnitId | null;
  projectOwnerId: UnitId | null;
  selfFound: boolean;
  upper: UpperReference | null;
  /** The authority's latest answer moved its own deadline here. */
  upperDue: LocalDate | null;
  upperCleared: boolean;
  /** Document numbers of the authority's answers that were recorded. */
  upperAnswers: readonly string[];
  list: ListReference | null;
  parentId: FindingId | null;
  relapseOf: FindingId | null;
  children: readonly ChildReference[];
  items: readonly ItemState[];
  evidence: Readonly<Record<EvidenceId, Evidence & { removed: boolean; by: Stamp }>>;
  instructions: readonly Instruction[];
  /** Running clocks by key. A clock that stands (R19, R21) is not here; its due time waits on the leg. */
  deadlines: Readonly<Record<DeadlineKey, OpenDeadline>>;
  /** Knocks whose effect stands already: `key|dueAt|before`. */
  knocked: Readonly<Record<string, true>>;
  /** What the filing says was rectified on the spot; absent where nothing was. */
  onTheSpot?: WitnessedOnTheSpot & Readonly<{ by: Stamp; on: LocalDate }>;
  /** Rounds of looking back that were recorded already. */
  lookedBack: readonly string[];
}>;

type LegBase = Readonly<{
  legId: LegId;
  unitId: UnitId;
  line: Line;
  duty: Duty;
  leads: boolean;
  /** The due time that holds now. */
  due: DueTime;
  /** The first one given to this unit; extensions never touch it (R35). */
  originalDue: DueTime;
  deliveredAt: Instant;
  signed: boolean;
  sentBackBefore: boolean;
  /** Guiding legs: guidance was given. */
  guided: boolean;
  extension: Readonly<{ reason: string; until: LocalDate; askedAt: Instant; level: ExtensionLevel }> | null;
  extensions: number;
  /** Asked for or granted; absent where neither. */
  pause?: Pause;
  /** Working days that granted pauses have come to so far; absent where none has ended. */
  pausedDays?: number;
  /** Overdue when the extension was granted: no later date makes this clock on time again (R35). */
  grantedLate: boolean;
  /** The latest ruling on a return of this leg; an objection to it goes to the leader, once. */
  ruling: Readonly<{ ruling: 'stays'; final: boolean; at: Instant; ground: ReturnGround }> | null;
  /** Of the submission that stands or last stood. */
  submission: Submission | null;
}>;
/** 暂停. Granted: since when the clock stands and what that rests on; else since when it is asked for, and why. */
export type Pause = Readonly<{ granted: boolean; reason: PauseReason; text: string; until: LocalDate; since: Instant }>;
export type Submission = Readonly<{ at: Instant; onTime: boolean; onTimeByOriginal: boolean }>;
export type Leg =
  | (LegBase & Readonly<{ stage: 'delivered' | 'working' }>)
  | (LegBase &
      Readonly<{ stage: 'under-return'; returned: Readonly<{ at: Instant; ground: ReturnGround; objection: boolean; by: Stamp }> }>)
  | (LegBase & Readonly<{ stage: 'reported' | 'first-reviewed'; reportedBy: Stamp }>)
  | (LegBase & Readonly<{ stage: 'submitted'; submission: Submission }>)
  | (LegBase & Readonly<{ stage: 'passed'; submission: Submission; passedAt: Instant; passedBy: UnitId }>);

export type Assignment = Readonly<{
  rectification: Rectification;
  stages: readonly Stage[];
  legs: Readonly<Record<LegId, Leg>>;
  assisting: readonly UnitId[];
  copies: readonly UnitId[];
  independent: IndependentVerification | null;
  /** Units that returned this finding already (R21: once per unit and finding). */
  returnedBy: readonly UnitId[];
  /** Who rectified, for avoidance (R9): units acted for, and persons. */
  rectifiers: Readonly<{ units: readonly UnitId[]; persons: readonly PersonId[] }>;
  verified: Readonly<{ at: Instant; by: Stamp }> | null;
}>;

export type FindingState =
  | Readonly<{ phase: 'absent' }>
  | Readonly<{ phase: 'filed'; core: Core }>
  | Readonly<{ phase: 'accepted'; core: Core; rectification: Rectification; stages: readonly Stage[] }>
  | Readonly<{ phase: 'assigned'; core: Core; work: Assignment }>
  | Readonly<{ phase: 'cleared' | 'long-term'; core: Core; work: Assignment; clearance: Clearance }>
  | Readonly<{
      phase: 'ended';
      how: 'dismissed' | 'withdrawn' | 'linked';
      linkedTo: FindingId | null;
      core: Core;
      work: Assignment | null;
    }>;

export const absent: FindingState = { phase: 'absent' };

export const legsOf = (work: Assignment): readonly Leg[] => Object.values(work.legs);
export const allLegsPassed = (work: Assignment): boolean => legsOf(work).every((leg) => leg.stage === 'passed');
/** R6: a parent needs its children as well as its own legs. */
export const everythingPassed = (core: Core, work: Assignment): boolean =>
  allLegsPassed(work) && core.children.every((child) => child.passed);

export const stageOf = (state: FindingState): FindingStage | null => {
  switch (state.phase) {
    case 'absent':
      return null;
    case 'filed':
      return 'untriaged';
    case 'accepted':
      return 'accepted';
    case 'cleared':
    case 'long-term':
      return state.phase;
    case 'ended':
      return state.how;
    case 'assigned': {
      const legs = legsOf(state.work);
      if (state.work.verified !== null) return 'to-clear';
      if (everythingPassed(state.core, state.work)) return isForSampling(state.core, state.work) ? 'to-clear' : 'to-verify';
      if (legs.some((l) => l.stage === 'under-return')) return 'returned';
      const acting = legs.filter((l) => l.duty === 'acts');
      if (acting.length > 0 && acting.every((l) => l.stage === 'submitted' || l.stage === 'passed')) return 'in-review';
      return legs.every((l) => l.stage === 'delivered') && legs.length > 0 ? 'unsigned' : 'rectifying';
    }
  }
};

const STATUS_OF = {
  untriaged: 'found',
  accepted: 'found',
  unsigned: 'assigned',
  rectifying: 'assigned',
  returned: 'assigned',
  'in-review': 'rectified',
  'to-verify': 'rectified',
  'to-clear': 'rectified',
  'long-term': 'rectified',
  cleared: 'verified',
  dismissed: 'dismissed',
  withdrawn: 'withdrawn',
  linked: 'linked',
} as const satisfies Record<FindingStage, FindingStatus>;

export const statusOf = (stage: FindingStage): FindingStatus => STATUS_OF[stage];
