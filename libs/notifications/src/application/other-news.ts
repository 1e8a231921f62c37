import type { BulletinIssued } from '@app/bulletins';
import type { CalendarYearEvent } from '@app/calendar';
import type { Rung, RungAnswered, RungIssued, RungProposed } from '@app/escalation';
import type { PersonId, Role, UnitId } from '@app/kernel';
import type { NoticeEvent, NoticeIssued } from '@app/notices';
import { unitsOfSubject, type SupervisionEvent } from '@app/supervision';
import type { Audience, News } from '../domain/news';
import { momentText } from '../domain/texts';

type Replied = Extract<NoticeEvent, { type: 'NoticeReplied' }>;
export type OtherEvent =
  CalendarYearEvent | RungProposed | RungIssued | RungAnswered | SupervisionEvent | NoticeIssued | Replied | BulletinIssued;
export type OtherSurroundings = Readonly<{
  stream: string;
  officeId: UnitId | null;
  unitName: (id: UnitId) => string;
  /** Of an answer to a rung: who had issued it. */
  issuer: PersonId | null;
}>;

const RUNG_NAMES: Readonly<Record<Rung, string>> = {
  urging: '催办',
  'supervision-letter': '督办函',
  interview: '约谈',
  listing: '挂牌督办',
};
const NOTICE_NAMES: Readonly<Record<NoticeIssued['data']['kind'], string>> = {
  assignment: '交办单',
  'rectification-notice': '限期整改通知单',
  'urging-notice': '催办通知',
  'supervision-letter': '督办函',
  'correction-notice': '更正通知',
};
/** Where a year is proposed, confirmed and looked at. */
export const CALENDAR_PAGE = '/admin/calendar';
const UNIT: readonly Role[] = ['clerk', 'deputy'];
const UNIT_AND_HEAD: readonly Role[] = ['clerk', 'deputy', 'head'];

const addressed = ({ data }: RungIssued): readonly Audience[] =>
  data.addressees.map(({ kind, unitId, personId }): Audience => {
    if (personId !== null) return { kind: 'person', personId };
    if (kind === 'leader') return { kind: 'leaders', townId: unitId };
    return { kind: 'posts', unitId, roles: kind === 'unit-head' ? ['head'] : UNIT };
  });

/** Which step of 挂牌督办 is told, and whether the unit or those who decide are told of it. */
const SUPERVISION_STEPS: Readonly<Record<SupervisionEvent['type'], readonly [step: string, who: 'unit' | 'deciders'] | null>> = {
  ListingProposed: ['建议待定', 'deciders'],
  ListingDeclined: null,
  PutUnderSupervision: ['已决定', 'unit'],
  SupervisionReportAsked: ['须报告进展', 'unit'],
  SupervisionReportGiven: null,
  SupervisionReportMissed: ['报告逾期', 'unit'],
  RemovalAsked: ['申请摘牌待批', 'deciders'],
  RemovalRefused: ['未准摘牌', 'unit'],
  SupervisionRemoved: ['已摘牌', 'unit'],
};

/** What events of the other contexts tell people. */
export const newsOfOthers = (event: OtherEvent, { stream, officeId, unitName, issuer }: OtherSurroundings): readonly News[] => {
  const office = (...roles: readonly Role[]): readonly Audience[] =>
    officeId === null ? [] : [{ kind: 'posts', unitId: officeId, roles }];
  const say = (one: Omit<News, 'urgent'>): readonly News[] => [{ ...one, urgent: false }];
  const ofSupervision = ({ type, data }: SupervisionEvent): readonly News[] => {
    const told = SUPERVISION_STEPS[type];
    if (told === null) return [];
    const [step, who] = told;
    const units = unitsOfSubject(data.subject);
    const own = units.map((unitId): Audience => ({ kind: 'posts', unitId, roles: UNIT_AND_HEAD }));
    const due = 'dueAt' in data ? `（${momentText(data.dueAt)}）` : '';
    const unit = data.subject.kind === 'finding' ? data.subject.number : units.map(unitName).join('、');
    const to: readonly Audience[] = who === 'unit' ? own : [{ kind: 'answering', unitIds: units }, ...office('office-head')];
    return say({ kind: 'listing', to, params: { step: `${step}${due}`, unit }, path: `/supervision/${data.supervisionId}` });
  };

  switch (event.type) {
    case 'CalendarYearLoaded': {
      const text = `${String(event.data.year)} 年工作日历已录入，受影响的期限随之调整。`;
      const to: readonly Audience[] = [{ kind: 'role', role: 'admin' }, ...office('office', 'office-head')];
      return say({ kind: 'calendar', to, params: { text }, path: CALENDAR_PAGE });
    }
    case 'CalendarYearProposed': {
      const text = `${String(event.data.year)} 年工作日历已提交，待第二人确认。`;
      const to: readonly Audience[] = [{ kind: 'role', role: 'admin' }, ...office('office-head')];
      return say({ kind: 'calendar', to, params: { text }, path: CALENDAR_PAGE });
    }
    case 'CalendarYearDeclined': {
      const text = `${String(event.data.year)} 年工作日历被退回：${event.data.reason}。`;
      return say({ kind: 'calendar', to: [{ kind: 'role', role: 'admin' }], params: { text }, path: CALENDAR_PAGE });
    }
    case 'RungProposed': {
      const { findingId, number, unitId, rung, overdueDays, addressees } = event.data;
      const params = { number, unit: unitName(unitId), rung: RUNG_NAMES[rung], days: String(overdueDays) };
      // Nobody answers for a department: there the proposal names the leader of the town.
      const named = addressees.flatMap(({ kind, personId }): readonly Audience[] =>
        kind === 'leader' && personId !== null ? [{ kind: 'person', personId }] : [],
      );
      const leaders: readonly Audience[] =
        rung === 'interview' || rung === 'listing' ? [{ kind: 'leaders', townId: unitId }, ...named] : [];
      const to = rung === 'urging' ? office('office', 'office-head') : [...office('office-head'), ...leaders];
      return say({ kind: 'rung-proposed', to, params, path: `/findings/${findingId}` });
    }
    case 'RungIssued': {
      const { findingId, number, unitId, rung } = event.data;
      const params = { number, unit: unitName(unitId), rung: RUNG_NAMES[rung] };
      return say({ kind: 'rung-issued', to: addressed(event), params, path: `/findings/${findingId}` });
    }
    case 'RungAnswered': {
      const { findingId, number, unitId, rung, late } = event.data;
      const params = { number, unit: unitName(unitId), rung: RUNG_NAMES[rung], late: late ? '逾期' : '' };
      const to: readonly Audience[] = issuer === null ? office('office', 'office-head') : [{ kind: 'person', personId: issuer }];
      return say({ kind: 'rung-answered', to, params, path: `/findings/${findingId}` });
    }
    case 'NoticeIssued': {
      const { noticeId, unitId, kind, number } = event.data;
      const params = { document: `${NOTICE_NAMES[kind]} ${number}`, step: '已送达' };
      return say({ kind: 'notice', to: [{ kind: 'receivers', unitId }], params, path: `/notices/${noticeId}` });
    }
    case 'NoticeReplied': {
      const params = { document: unitName(event.data.unitId), step: '对文书作了书面反馈' };
      return say({ kind: 'notice', to: office('office', 'office-head'), params, path: `/notices/${stream.replace(/^notice-/, '')}` });
    }
    case 'BulletinIssued': {
      const { bulletinId, title, number } = event.data;
      const params = { title: `${title}第 ${String(number)} 期` };
      const to: readonly Audience[] = [
        { kind: 'role', role: 'leader' },
        { kind: 'role', role: 'head' },
      ];
      return say({ kind: 'bulletin', to, params, path: `/bulletins/${bulletinId}` });
    }
    default:
      return ofSupervision(event);
  }
};

const SUPERVISION_NEWS = Object.entries(SUPERVISION_STEPS).flatMap(([type, told]) => (told === null ? [] : [type]));

/** Types that tell somebody something. */
export const OTHER_NEWS: readonly string[] = [
  ...([
    'CalendarYearProposed',
    'CalendarYearDeclined',
    'CalendarYearLoaded',
    'RungProposed',
    'RungIssued',
    'RungAnswered',
    'NoticeIssued',
    'NoticeReplied',
    'BulletinIssued',
  ] satisfies OtherEvent['type'][]),
  ...SUPERVISION_NEWS,
];
