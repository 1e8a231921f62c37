import type { FindingState } from '@app/findings';
import { localDateOf, type FindingId, type Instant, type LegId } from '@app/kernel';
import type { DirectoryView } from '@app/organisation';
import { addWorkingDays, derivationAccount, effectiveDelivery, type DueTime, type WorkCalendar } from '@app/worktime';
import type { LegNow } from '../domain/notice.commands';
import type { NoticeRow } from '../domain/notice.types';

/** A return comes within two working days of delivery (R21). */
const RETURN_WITHIN_DAYS = 2;
const UNITS = { working: '个工作日', natural: '个自然日', hours: '小时' } as const;

type Known = Exclude<FindingState, { phase: 'absent' }>;
const legOf = (state: Known, legId: LegId) =>
  'work' in state && state.work !== null ? Object.values(state.work.legs).find((leg) => leg.legId === legId) : undefined;

/** `15个工作日`; null where a date was set or the time has been moved since. */
const termOf = (due: DueTime): string | null => {
  const [step, ...more] = due.steps.filter(({ kind }) => kind !== 'delivered' && kind !== 'skipped' && kind !== 'calendar');
  return step?.kind === 'rule' && more.length === 0 ? `${String(step.days)}${UNITS[step.unit]}` : null;
};

const placeOf = ({ core: { place } }: Known, view: DirectoryView): string => {
  const names = [place.townId, ...(place.villageId === null ? [] : [place.villageId])].map((id) => view.unit(id)?.name ?? id);
  return [...names, place.text.trim()].join('');
};

/** Who it is about: by the masked label, and where only named handlers may know (R40) not at all. */
const objectOf = ({ core: { subject } }: Known): string => (subject.sensitive ? '（略，详见系统）' : subject.label);

export const legNow = (findingId: FindingId, state: Known, legId: LegId): LegNow => {
  const { number, teamId } = state.core;
  const leg = state.phase === 'assigned' ? legOf(state, legId) : undefined;
  if (leg === undefined) return { findingId, legId, number, teamId, leg: null };
  return { findingId, legId, number, teamId, leg: { unitId: leg.unitId, duty: leg.duty, passed: leg.stage === 'passed' } };
};

/** A finding to write down. `requirement` null: the measure that was suggested with it. */
export type LegGiven = Readonly<{
  findingId: FindingId;
  legId: LegId;
  requirement: string | null;
  /** The due time that a rung stands on; the leg's own where absent. */
  dueAt?: Instant;
}>;

const rectificationOf = (state: Known): NoticeRow['rectification'] => {
  if ('work' in state && state.work !== null) return state.work.rectification;
  return state.phase === 'accepted' ? state.rectification : 'time-limited';
};

/** Null where nothing was ever handed over on that leg: there is no due time to write down. */
export const noticeRow = (
  { findingId, legId, requirement, dueAt }: LegGiven,
  state: Known,
  { view, calendar }: Readonly<{ view: DirectoryView; calendar: WorkCalendar }>,
): NoticeRow | null => {
  const leg = legOf(state, legId);
  if (leg === undefined) return null;
  const { core } = state;
  const moved = dueAt !== undefined && dueAt !== leg.due.at;
  const due = moved ? { at: dueAt, day: localDateOf(dueAt) } : leg.due;
  return {
    findingId,
    number: core.number,
    legId,
    object: objectOf(state),
    place: placeOf(state, view),
    problem: core.text,
    basis: core.basis,
    requirement: requirement ?? core.suggestedMeasure ?? '对照问题逐项整改到位，举一反三，防止反弹。',
    rectification: rectificationOf(state),
    dueAt: due.at,
    dueOn: due.day,
    term: moved ? null : termOf(leg.due),
    derivation: moved ? [] : derivationAccount(leg.due),
    objectionBy: addWorkingDays(effectiveDelivery(leg.deliveredAt, calendar), RETURN_WITHIN_DAYS, calendar),
  };
};
