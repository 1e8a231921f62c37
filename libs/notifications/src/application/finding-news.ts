import type { FindingEvent, FindingState, Leg } from '@app/findings';
import type { Instant, LegId, Role, UnitId } from '@app/kernel';
import type { DueTime } from '@app/worktime';
import type { NotificationKind, NotificationParams } from '../domain/kinds';
import { momentText } from '../domain/texts';
import type { Audience, News } from '../domain/news';

const UNIT: readonly Role[] = ['clerk', 'deputy'];
const UNIT_AND_HEAD: readonly Role[] = ['clerk', 'deputy', 'head'];
const OFFICE: readonly Role[] = ['office', 'office-head'];

type Present = Exclude<FindingState, { phase: 'absent' }>;
/** What is looked up beside the event. */
export type FindingSurroundings = Readonly<{
  path: string;
  state: Present;
  officeId: UnitId | null;
  unitName: (id: UnitId) => string;
  /** Department-level kind decides whose posts a clock of the unit is for. */
  kindOf: (id: UnitId) => string | undefined;
}>;

/** Kinds of clocks as people call them; the part of a key before the slash. */
const CLOCKS: Readonly<Record<string, string>> = {
  triage: '研判时限',
  sign: '签收时限',
  rectify: '整改时限',
  guide: '指导时限',
  opinion: '意见时限',
  review: '复核时限',
  verify: '核查时限',
  ruling: '裁定时限',
  stage: '阶段检查',
  instruction: '批示回复时限',
  pause: '暂停期限',
};
const clockName = (key: string): string => CLOCKS[key.split('/')[0] ?? ''] ?? '时限';
const RULINGS = { stays: '不予调整，由原单位办理', moved: '调整责任单位', untrue: '查否' } as const;

const inHours = (due: DueTime | undefined): boolean => due?.steps.some((step) => step.kind === 'rule' && step.unit === 'hours') === true;
const legsIn = (state: Present): readonly Leg[] => ('work' in state && state.work !== null ? Object.values(state.work.legs) : []);
const legIn = (state: Present, legId: LegId): Leg | undefined => legsIn(state).find((leg) => leg.legId === legId);

const rolesFor = (kind: string | undefined, otherwise: readonly Role[]): readonly Role[] => {
  if (kind === 'office') return OFFICE;
  if (kind === 'team') return ['team-head'];
  if (kind === 'independent') return ['independent-verifier'];
  return otherwise;
};

/** What one event of a finding tells people; nothing for most events. */
export const newsOfFinding = (event: FindingEvent, around: FindingSurroundings): readonly News[] => {
  const { state, path, officeId, unitName, kindOf } = around;
  const { core } = state;
  const say = (kind: NotificationKind, to: readonly Audience[], params: NotificationParams = {}, urgent = false): News => ({
    kind,
    to,
    params: { number: core.number, ...params },
    path,
    urgent,
  });
  const posts = (unitId: UnitId, roles: readonly Role[]): Audience => ({ kind: 'posts', unitId, roles: rolesFor(kindOf(unitId), roles) });
  const office = (roles: readonly Role[] = OFFICE): readonly Audience[] =>
    officeId === null ? [] : [{ kind: 'posts', unitId: officeId, roles }];
  const leaders: readonly Audience[] = [{ kind: 'leaders', townId: core.place.townId }];
  const independent = 'work' in state ? (state.work?.independent ?? null) : null;
  const reviewers = (): readonly Audience[] =>
    independent === null ? office() : [{ kind: 'posts', unitId: independent.unitId, roles: ['independent-verifier'] }];
  const clearers = (): readonly Audience[] => (independent === null ? office() : [{ kind: 'person', personId: independent.clearer }]);

  const dueOf = (key: string, legId: LegId | null): DueTime | undefined =>
    core.deadlines[key]?.due ?? (legId === null ? undefined : legIn(state, legId)?.due);
  const toLeg = (legId: LegId, kind: NotificationKind, params: NotificationParams): readonly News[] => {
    const leg = legIn(state, legId);
    return leg === undefined ? [] : [say(kind, [posts(leg.unitId, UNIT)], params)];
  };

  switch (event.type) {
    case 'LegDelivered': {
      const { unitId, due } = event.data;
      return [say('delivered', [{ kind: 'receivers', unitId }], { unit: unitName(unitId), due: momentText(due.at) }, inHours(due))];
    }
    case 'DeadlineApproached': {
      const { key, unitId, dueAt, before, unit } = event.data;
      const urgent = inHours(dueOf(key, event.data.legId));
      const params = {
        unit: unitName(unitId),
        clock: clockName(key),
        before: `${String(before)} ${unit === 'hours' ? '小时' : '个工作日'}`,
        due: momentText(dueAt as Instant),
      };
      return [
        say(
          'reminder',
          [posts(unitId, UNIT), ...(before === (unit === 'hours' ? 2 : 1) && key.startsWith('rectify') ? leaders : [])],
          params,
          urgent,
        ),
      ];
    }
    case 'DeadlinePassed': {
      const { key, unitId, dueAt } = event.data;
      // Unsigned means signed by default: nothing is overdue that anybody would have to mend.
      if (key.startsWith('sign')) return [];
      const params = { unit: unitName(unitId), clock: clockName(key), due: momentText(dueAt as Instant) };
      const urgent = inHours(dueOf(key, event.data.legId));
      return [say('overdue', [posts(unitId, UNIT_AND_HEAD), ...(key.startsWith('rectify') ? leaders : [])], params, urgent)];
    }
    case 'LegSentBack': {
      const back = [{ unitId: event.data.unitId, due: event.data.due }].concat(
        event.data.reopened.flatMap(({ legId, due }) => {
          const leg = legIn(state, legId);
          return leg === undefined ? [] : [{ unitId: leg.unitId, due }];
        }),
      );
      return back.map(({ unitId, due }) =>
        say('sent-back', [posts(unitId, UNIT)], { unit: unitName(unitId), due: momentText(due.at) }, inHours(due)),
      );
    }
    case 'LegReturned': {
      const { unitId, rulingDue, objection } = event.data;
      return [say('return-asked', objection ? leaders : office(), { unit: unitName(unitId), due: momentText(rulingDue.at) })];
    }
    case 'ReturnRuled':
      return [say('return-ruled', [posts(event.data.unitId, UNIT)], { ruling: RULINGS[event.data.ruling] })];
    case 'ExtensionAsked': {
      const { unitId, until, level = 'office' } = event.data;
      const to = level === 'leader' ? leaders : office(level === 'office-head' ? ['office-head'] : OFFICE);
      return [say('extension-asked', to, { unit: unitName(unitId), until })];
    }
    case 'ExtensionGranted':
      return toLeg(event.data.legId, 'extension-ruled', { ruling: `准予，延至 ${momentText(event.data.due.at)}` });
    case 'ExtensionRefused':
      return toLeg(event.data.legId, 'extension-ruled', { ruling: '不予延期' });
    case 'PauseAsked': {
      const { unitId, until } = event.data;
      return [say('pause-asked', office(), { unit: unitName(unitId), until })];
    }
    case 'PauseGranted':
      return toLeg(event.data.legId, 'pause-ruled', { ruling: `准予，至 ${event.data.until}` });
    case 'PauseRefused':
      return toLeg(event.data.legId, 'pause-ruled', { ruling: '不予暂停' });
    case 'PauseEnded':
      return toLeg(event.data.legId, 'pause-ruled', { ruling: `恢复计时，${momentText(event.data.due.at)}前完成` });
    case 'LegSubmitted':
    case 'OpinionGiven': {
      const { unitId, reviewDue } = event.data;
      return [say('review-waits', reviewers(), { unit: unitName(unitId), due: momentText(reviewDue.at) }, inHours(reviewDue))];
    }
    case 'LegPassed':
    case 'ChildPassed':
      return event.data.verifyDue === null ? [] : [say('verify-waits', reviewers())];
    case 'FindingVerified':
      return event.data.clearDue === null ? [] : [say('clear-waits', clearers())];
    case 'InstructionGiven': {
      const { toUnits, replyDue } = event.data;
      const units = toUnits.length > 0 ? toUnits : legsIn(state).map((leg) => leg.unitId);
      const to = units.map((unitId) => posts(unitId, UNIT_AND_HEAD));
      return [say('instruction', to.length > 0 ? to : office(), { due: momentText(replyDue.at) }, inHours(replyDue))];
    }
    default:
      return [];
  }
};

/** Events of findings that tell somebody something. */
export const FINDING_NEWS = [
  'LegDelivered',
  'DeadlineApproached',
  'DeadlinePassed',
  'LegSentBack',
  'LegReturned',
  'ReturnRuled',
  'ExtensionAsked',
  'ExtensionGranted',
  'ExtensionRefused',
  'PauseAsked',
  'PauseGranted',
  'PauseRefused',
  'PauseEnded',
  'LegSubmitted',
  'OpinionGiven',
  'LegPassed',
  'ChildPassed',
  'FindingVerified',
  'InstructionGiven',
] as const satisfies readonly FindingEvent['type'][];
