import { assertNever, type FindingId, type Role, type UnitId } from '@app/kernel';
import type { ExtensionLevel } from '@app/worktime';
import { everythingPassed, legsOf, type Assignment, type Core, type Leg } from '../../domain/finding.state';
import { isForSampling, isReviewedInTown } from '../../domain/town-review';
import { deadlineKey, type DeadlineKey, type DeadlineKind } from '../../domain/finding.types';
import { NEVER, shownIn } from '../finding-list/finding-list.row';
import { allPrefixes, type KnownUnit, type UnitBook } from '../finding-list/unit-book';
import type { FindingView } from '../finding-detail/finding.view';

/**
 * What waits for somebody: triage 待研判 · transfer 待交办 · sign 待签收 · rectify 待整改 · came-back 退回重办 · guidance 待出口径 ·
 * opinion 待出意见 · first-review 待初审 · sign-off 待审签 · rule 待裁定 · extension 待批延期 · pause 待批暂停 · review 待复核 · verify 待核查 ·
 * clear 待销号 · stage 阶段检查 · instruction-reply 批示待回复 · upper-clearance 待上级销号.
 */
export const INBOX_WORK = [
  'triage',
  'transfer',
  'sign',
  'rectify',
  'came-back',
  'guidance',
  'opinion',
  'first-review',
  'sign-off',
  'rule',
  'extension',
  'pause',
  'review',
  'verify',
  'clear',
  'stage',
  'instruction-reply',
  'upper-clearance',
] as const;
export type InboxWork = (typeof INBOX_WORK)[number];

/** One thing to do, before units are looked up. `clock` names the running deadline it answers to. */
export type Turn = Readonly<{
  work: InboxWork;
  part: string;
  unitId: UnitId;
  roles: readonly Role[];
  personId: string | null;
  /** Waits for the leaders of the towns concerned rather than for the unit. */
  leaders: boolean;
  legId: string | null;
  clock: DeadlineKey | null;
  since: string;
}>;

const OFFICE: readonly Role[] = ['office', 'office-head'];
const UNIT: readonly Role[] = ['clerk', 'deputy', 'head'];

const legTurn = (leg: Leg, core: Core): readonly Readonly<{ work: InboxWork; clock: DeadlineKind; roles: readonly Role[] }>[] => {
  switch (leg.stage) {
    case 'delivered':
      return [{ work: 'sign', clock: 'sign', roles: UNIT }];
    case 'working':
      if (leg.duty === 'acts') return [{ work: leg.sentBackBefore ? 'came-back' : 'rectify', clock: 'rectify', roles: UNIT }];
      if (core.deadlines[deadlineKey('opinion', leg.legId)] !== undefined) return [{ work: 'opinion', clock: 'opinion', roles: UNIT }];
      return leg.guided ? [] : [{ work: 'guidance', clock: 'guide', roles: UNIT }];
    case 'reported':
      return [{ work: 'first-review', clock: 'rectify', roles: UNIT }];
    case 'first-reviewed': {
      const head = core.seriousness !== 'ordinary' || core.upper !== null;
      return [{ work: 'sign-off', clock: 'rectify', roles: head ? ['head'] : ['deputy', 'head'] }];
    }
    case 'under-return':
    case 'submitted':
    case 'passed':
      return [];
  }
};

/** Whoever may grant it; the leaders of the towns concerned where it takes a leader. */
const extenders = (level: ExtensionLevel): Pick<Turn, 'roles' | 'leaders'> => {
  switch (level) {
    case 'office':
      return { roles: OFFICE, leaders: false };
    case 'office-head':
      return { roles: ['office-head'], leaders: false };
    case 'leader':
      return { roles: ['leader'], leaders: true };
    default:
      return assertNever(level);
  }
};

const reviewTurns = (view: FindingView, core: Core, work: Assignment, office: UnitId): readonly Turn[] => {
  const { facts } = view;
  const { independent } = work;
  const reviewer = { unitId: independent?.unitId ?? office, roles: independent === null ? OFFICE : (['independent-verifier'] as const) };
  const base = { part: '', personId: null, leaders: false, legId: null, clock: null, since: facts.stageSince };
  const ofLegs = legsOf(work).flatMap((leg): readonly Turn[] => {
    const told = { ...base, part: leg.legId, legId: leg.legId, since: facts.legs[leg.legId]?.since ?? facts.stageSince };
    const pause: readonly Turn[] =
      leg.pause?.granted === false
        ? [
            {
              ...told,
              work: 'pause',
              unitId: office,
              // The office never rules for itself.
              roles: leg.unitId === office ? ['office-head'] : OFFICE,
              clock: deadlineKey('rectify', leg.legId),
              since: leg.pause.since,
            },
          ]
        : [];
    const asked: readonly Turn[] =
      leg.extension === null
        ? pause
        : [
            {
              ...told,
              work: 'extension',
              unitId: office,
              ...extenders(leg.extension.level),
              clock: deadlineKey('rectify', leg.legId),
              since: leg.extension.askedAt,
            },
          ];
    const inTown = isReviewedInTown(core, work, leg);
    const legReviewer = inTown ? { unitId: leg.unitId, roles: ['deputy', 'head'] as const } : reviewer;
    if (leg.stage === 'submitted') return [...asked, { ...told, ...legReviewer, work: 'review', clock: deadlineKey('review', leg.legId) }];
    if (leg.stage !== 'under-return') return asked;
    const leaders = leg.returned.objection;
    const roles: readonly Role[] = leaders ? ['leader'] : OFFICE;
    return [...asked, { ...told, work: 'rule', unitId: office, roles, leaders, clock: deadlineKey('ruling', leg.legId) }];
  });
  if (work.rectification === 'staged') {
    const stages = work.stages
      .filter((s) => !s.passed)
      .map((s): Turn => {
        const part = String(s.stage);
        return {
          ...base,
          ...reviewer,
          work: 'stage',
          part,
          clock: deadlineKey('stage', part),
          since: facts.transferredAt ?? facts.stageSince,
        };
      });
    return [...ofLegs, ...stages];
  }
  if (!everythingPassed(core, work)) return ofLegs;
  const clock = deadlineKey('verify');
  if (work.verified === null && !isForSampling(core, work)) return [...ofLegs, { ...base, ...reviewer, work: 'verify', clock }];
  const clearer = independent === null ? {} : { unitId: independent.unitId, roles: [], personId: independent.clearer };
  return [...ofLegs, { ...base, ...reviewer, ...clearer, work: 'clear', clock }];
};

/** Whose turn it is: everything that waits for somebody. `office` is null before an office was established. */
export const turnsOf = (view: FindingView, officeId: UnitId | null): readonly Turn[] => {
  const { state, facts } = view;
  if (state.phase === 'absent') return [];
  const { core } = state;
  const office = officeId ?? ('office' as UnitId);
  const base = { part: '', personId: null, leaders: false, legId: null, clock: null, since: facts.stageSince };
  const instructions = core.instructions.flatMap((given): readonly Turn[] => {
    const clock = deadlineKey('instruction', String(given.seq));
    const open = core.deadlines[clock];
    if (given.reply !== null || open === undefined) return [];
    const units = facts.instructionUnits[given.seq] ?? [];
    return [...new Set(units.length === 0 ? [open.unitId] : units)].map((unitId) => {
      const roles: readonly Role[] = unitId === office ? OFFICE : [...UNIT, 'inspector', 'team-head'];
      return { ...base, work: 'instruction-reply', part: `${String(given.seq)}/${unitId}`, unitId, roles, clock };
    });
  });
  switch (state.phase) {
    case 'filed':
      return [
        { ...base, work: 'triage', part: 'office', unitId: office, roles: OFFICE, clock: 'triage' },
        ...(core.teamId === office
          ? []
          : [{ ...base, work: 'triage' as const, part: 'team', unitId: core.teamId, roles: ['team-head'] as const, clock: 'triage' }]),
        ...instructions,
      ];
    case 'accepted':
      return [{ ...base, work: 'transfer', unitId: office, roles: OFFICE }, ...instructions];
    case 'assigned': {
      const ofUnits = legsOf(state.work).flatMap((leg) =>
        legTurn(leg, core).map(({ work, clock, roles }): Turn => {
          const since = facts.legs[leg.legId]?.since ?? facts.stageSince;
          return {
            ...base,
            work,
            part: leg.legId,
            unitId: leg.unitId,
            roles,
            legId: leg.legId,
            clock: deadlineKey(clock, leg.legId),
            since,
          };
        }),
      );
      return [...ofUnits, ...reviewTurns(view, core, state.work, office), ...instructions];
    }
    case 'cleared':
    case 'long-term':
      return [
        ...(core.upper === null || core.upperCleared ? [] : [{ ...base, work: 'upper-clearance' as const, unitId: office, roles: OFFICE }]),
        ...instructions,
      ];
    case 'ended':
      return instructions;
  }
};

export type InboxRow = Readonly<{
  finding_id: string;
  work: InboxWork;
  part: string;
  unit_id: string;
  unit_path: string;
  unit_name: string;
  roles: readonly Role[];
  person_id: string | null;
  leader_paths: readonly string[];
  leg_id: string | null;
  due_at: string | null;
  due_sort: string;
  since_at: string;
  reminded_at: string | null;
  passed_at: string | null;
  number: string;
  stage: string;
  category: string;
  seriousness: string;
  text: string;
  subject_label: string;
  town_name: string;
}>;

export const inboxOf = (findingId: FindingId, view: FindingView, book: UnitBook): readonly InboxRow[] => {
  const { state, facts } = view;
  if (state.phase === 'absent') return [];
  const { core } = state;
  const shown = shownIn(view, book);
  const territorial = 'work' in state && state.work ? legsOf(state.work).find((leg) => leg.line === 'territorial') : undefined;
  const town: KnownUnit = shown.unit(territorial?.unitId ?? core.place.townId);
  const legPaths = 'work' in state && state.work ? legsOf(state.work).map((leg) => shown.unit(leg.unitId).path) : [];
  const seen = new Set<string>();
  return turnsOf(view, book.office?.id ?? null).flatMap((turn): readonly InboxRow[] => {
    // A unit that was merged answers through its successor; two units may have become one.
    const unit = book.today(turn.unitId);
    const part = turn.work === 'instruction-reply' ? turn.part.replace(/\/.*$/, `/${unit.id}`) : turn.part;
    if (seen.has(`${turn.work} ${part}`)) return [];
    seen.add(`${turn.work} ${part}`);
    const due = turn.clock === null ? undefined : core.deadlines[turn.clock]?.due;
    const mark = turn.clock === null ? undefined : facts.marks[turn.clock];
    const marked = mark !== undefined && due !== undefined && mark.dueAt === due.at ? mark : null;
    return [
      {
        finding_id: findingId,
        work: turn.work,
        part,
        unit_id: unit.id,
        unit_path: unit.path,
        unit_name: unit.name,
        roles: turn.roles,
        person_id: turn.personId,
        leader_paths: turn.leaders ? allPrefixes([town.path, ...legPaths]) : [],
        leg_id: turn.legId,
        due_at: due?.at ?? null,
        due_sort: due?.at ?? NEVER,
        since_at: turn.since,
        reminded_at: marked?.remindedAt ?? null,
        passed_at: marked?.passedAt ?? null,
        number: core.number,
        stage: facts.stage,
        category: core.category,
        seriousness: core.seriousness,
        text: facts.text,
        subject_label: core.subject.label,
        town_name: town.name,
      },
    ];
  });
};
