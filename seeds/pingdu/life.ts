import type { Evidence, EvidencePhase, FindingIntent, Item, LegPlan } from '@app/findings';
import { idFrom, localDateOf, type EvidenceId, type FindingId, type LegId, type LocalDate, type PersonId, type UnitId } from '@app/kernel';
import type { StoredFile } from '@app/evidence';
import { addWorkingDays, type WorkCalendar } from '@app/worktime';
import type { Teller } from '../kit/teller';
import type { Timeline } from '../kit/timeline';
import { INDEPENDENT, OFFICE } from './departments';
import { personOf } from './organisation';

export const T = 'T' as LegId;
export const S = 'S' as LegId;
export const O = 'O' as LegId;
type Act = FindingIntent['type'];
type DataOf<A extends Act> = Extract<FindingIntent, { type: A }>['data'];

/** Pictures and papers, the same few everywhere. */
export type Files = Readonly<Record<EvidencePhase, StoredFile>>;

/** The life of one finding, written day by day; every act is a command at its moment. */
export class Life {
  private n = 0;
  /** Evidence given so far per leg, which the next report names. */
  private readonly proof = new Map<LegId, EvidenceId[]>();

  constructor(
    private readonly scenario: Teller,
    private readonly timeline: Timeline,
    private readonly calendar: WorkCalendar,
    private readonly files: Files,
    readonly id: FindingId,
    public day: LocalDate,
    /** Who holds which leg, so that its people act. */
    readonly legs: Map<LegId, UnitId> = new Map(),
  ) {}

  /** Some working days later. */
  later(workingDays: number): this {
    this.day = addWorkingDays(this.day, workingDays, this.calendar);
    return this;
  }

  do<A extends Act>(
    time: string,
    who: string,
    type: A,
    data: DataOf<A> | (() => DataOf<A> | Promise<DataOf<A>>),
    how: Readonly<{ inPlaceOf?: string; on?: LocalDate }> = {},
  ): this {
    this.timeline.at(this.day, time, this.id, async () => {
      const filled = typeof data === 'function' ? await data() : data;
      const inPlaceOf: PersonId | undefined = how.inPlaceOf === undefined ? undefined : personOf(how.inPlaceOf);
      const by = this.scenario.actor(personOf(who), inPlaceOf);
      await this.scenario.finding(this.id, { type, data: filled } as FindingIntent, by, how.on);
    });
    return this;
  }

  evidence(time: string, who: string, phase: EvidencePhase, leg: LegId | null = null): this {
    const evidence = this.aFile(phase, leg);
    if (leg !== null) this.proof.set(leg, [...(this.proof.get(leg) ?? []), evidence.evidenceId]);
    return this.do(time, who, 'AddEvidence', { evidence });
  }
  aFile(phase: EvidencePhase, legId: LegId | null): Evidence {
    this.n += 1;
    const names: Readonly<Record<EvidencePhase, string>> = {
      before: '整改前',
      after: '整改后',
      document: '证明材料',
      screenshot: '系统截图',
      statement: '签字说明',
    };
    const file = this.files[phase];
    const ending = file.mediaType === 'application/pdf' ? 'pdf' : 'png';
    const evidenceId = idFrom('pingdu', this.id, 'evidence', this.n) as EvidenceId;
    return {
      evidenceId,
      hash: file.hash,
      size: file.size,
      mediaType: file.mediaType,
      name: `${names[phase]}${String(this.n)}.${ending}`,
      phase,
      legId,
    };
  }

  accept(time: string, data: Partial<DataOf<'AcceptFinding'>> = {}, who = 'office.one'): this {
    return this.do(time, who, 'AcceptFinding', {
      rectification: 'time-limited',
      seriousness: 'ordinary',
      reason: null,
      stages: [],
      ...data,
    });
  }
  transfer(time: string, plans: readonly LegPlan[], over: Partial<DataOf<'TransferFinding'>> = {}, who = 'office.one'): this {
    for (const plan of plans) this.legs.set(plan.legId, plan.unitId);
    return this.do(time, who, 'TransferFinding', {
      legs: plans,
      assisting: [],
      copies: [],
      proposed: null,
      overruledBecause: null,
      singleLegBecause: null,
      independent: null,
      ...over,
    });
  }

  /** The post of the unit that holds the leg; the office has its own. */
  of(leg: LegId, role: 'clerk' | 'second' | 'deputy' | 'head'): string {
    const unit = this.legs.get(leg) ?? OFFICE;
    if (unit === OFFICE) return `office.${({ clerk: 'two', second: 'three', deputy: 'head', head: 'head' } as const)[role]}`;
    return `${unit}.${role}`;
  }
  sign(time: string, leg: LegId): this {
    return this.do(time, this.of(leg, 'clerk'), 'SignForLeg', { legId: leg });
  }
  plan(leg: LegId, measures: string, village: UnitId | null, targetOn: LocalDate): this {
    this.do('14:30', this.of(leg, 'clerk'), 'AssignLeg', {
      legId: leg,
      villageId: village,
      assignee: village === null ? '业务站所' : '村“两委”',
    });
    return this.do('15:00', this.of(leg, 'clerk'), 'PlanLeg', { legId: leg, measures, responsible: '分管负责人', targetOn });
  }
  answer(leg: LegId, items: readonly Item[], odd: Readonly<Record<number, 'untrue' | 'cannot'>> = {}): this {
    return this.do('15:30', this.of(leg, 'second'), 'AnswerItems', {
      legId: leg,
      answers: items.map(({ itemId }, i) => ({ itemId, answer: odd[i] ?? 'done', basis: odd[i] === undefined ? null : '见附件说明' })),
    });
  }
  /** 报告、初审、审签 on one day; the clock stands from the signature on. */
  submit(
    leg: LegId,
    words: Readonly<{ text: string; measures: string }>,
    phase: EvidencePhase,
    signs: 'deputy' | 'head' = 'deputy',
    from = '09:30',
  ): this {
    const [h = '09'] = from.split(':');
    const hour = (plus: number): string => `${String(Number(h) + plus).padStart(2, '0')}:30`;
    this.evidence(from, this.of(leg, 'clerk'), phase, leg);
    this.report(hour(1), leg, words);
    this.do(hour(2), this.of(leg, 'second'), 'FirstReviewLeg', { legId: leg, passed: true, reason: null });
    return this.do(hour(6), this.of(leg, signs), 'SignLeg', { legId: leg, lateEntry: null });
  }
  report(time: string, leg: LegId, { text, measures }: Readonly<{ text: string; measures: string }>): this {
    const evidence = [...(this.proof.get(leg) ?? [])];
    return this.do(time, this.of(leg, 'clerk'), 'ReportLeg', () => ({
      legId: leg,
      text,
      measures,
      effect: '群众认可',
      completedOn: localDateOf(this.scenario.clock.now()),
      evidence,
    }));
  }
  opinion(time: string, leg: LegId, agrees = true): this {
    return this.do(time, this.of(leg, 'clerk'), 'GiveOpinion', {
      legId: leg,
      agrees,
      text: agrees ? '整改结果符合政策' : '需补充验收材料',
    });
  }
  pass(time: string, leg: LegId, who = 'office.two'): this {
    return this.do(time, who, 'PassLeg', { legId: leg, text: '材料齐全，同意通过' });
  }
  sendBack(time: string, leg: LegId, reason = '佐证材料不全', alsoReopen: readonly LegId[] = [], who = 'office.two'): this {
    return this.do(time, who, 'SendLegBack', { legId: leg, reason, alsoReopen });
  }
  verify(time: string, who = 'office.two', method: DataOf<'VerifyFinding'>['method'] = 'on-site'): this {
    return this.do(time, who, 'VerifyFinding', { method, text: '经核查，整改属实' });
  }
  clear(time: string, who = 'office.head'): this {
    return this.do(time, who, 'ClearFinding', { text: '同意销号' });
  }
  lookBack(time: string, who: string, result: DataOf<'LookBack'>['result'], round = '2020年7月回头看'): this {
    const text = { holds: '整改成果巩固', 'not-thorough': '部分整改不彻底', relapse: '同一问题再次出现' }[result];
    const relapseId = result === 'relapse' ? (idFrom('pingdu', this.id, 'relapse') as FindingId) : null;
    return this.do(time, who, 'LookBack', { round, result, text, relapseId });
  }
}

export const leg = (legId: LegId, unitId: UnitId, over: Partial<LegPlan> = {}): LegPlan => {
  const line = legId === T ? 'territorial' : legId === S ? 'sectoral' : 'owner';
  return { legId, unitId, line, duty: 'acts', leads: false, ...over };
};
export { INDEPENDENT };
