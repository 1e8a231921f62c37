import type { FigureEntry, OverviewFigures, ToldFinding, ToldLeg, ToldUpper, UntouchedLeg, UpperFact } from '@app/findings';
import type { FindingId, LegId, LocalDate, PersonId, Role, UnitId } from '@app/kernel';
import type { DirectoryView } from '@app/organisation';
import { workingDaysBetween, type WorkCalendar } from '@app/worktime';
import { categoryName } from '../reading/reading.answers';

/** Somebody to call: the number is masked, `POST /admin/people/{personId}/phone-readings` gives it in full and keeps who read it. */
export type OverviewPerson = Readonly<{ personId: PersonId; name: string; post: string | null; phone: string | null }>;
type Named = Readonly<{ id: string; name: string }>;
/** Null where the reader may count a finding and not read it. */
export type OverviewTold = Readonly<{
  text: string;
  subject: string;
  town: Named;
  seriousness: string;
  category: Readonly<{ code: string; name: string }>;
}>;
export type OverviewFinding = Readonly<{ findingId: FindingId; number: string; since: LocalDate; told: OverviewTold | null }>;
export type OverviewUntouched = Readonly<{
  findingId: FindingId;
  legId: LegId;
  number: string;
  told: OverviewTold | null;
  unit: Named;
  /** The last act of the unit, or the day on which the leg came (back) to it. */
  since: LocalDate;
  workingDays: number;
  /** 包镇领导 of the unit, else of the finding's town. */
  leaders: readonly OverviewPerson[];
  /** The unit's head, else its deputy, else its clerk. */
  person: OverviewPerson | null;
  /** Whom the unit named for the leg. */
  assignee: string | null;
}>;
export type OverviewUpper = Readonly<{
  findingId: FindingId;
  number: string;
  authority: string | null;
  batch: string | null;
  upperNumber: string | null;
  told: OverviewTold | null;
  stage: string | null;
  /** The upper level's own due day, else the last of the legs'. */
  due: string | null;
  countyClearedOn: LocalDate | null;
  upperClearedOn: LocalDate | null;
}>;
export type Overview = Omit<OverviewFigures, 'serious' | 'untouched' | 'relapses' | 'upper'> &
  Readonly<{
    serious: Readonly<{ total: number; rows: readonly OverviewFinding[] }>;
    untouched: readonly OverviewUntouched[];
    relapses: Readonly<{ total: number; rows: readonly OverviewFinding[] }>;
    upper: Readonly<{ total: number; cleared: number; rows: readonly OverviewUpper[] }>;
  }>;

export type OverviewWords = Readonly<{
  told: ReadonlyMap<FindingId, ToldFinding>;
  legs: readonly ToldLeg[];
  uppers: ReadonlyMap<FindingId, ToldUpper>;
  view: DirectoryView;
  calendar: WorkCalendar;
  today: LocalDate;
}>;

export const toldAnswer = (told: ToldFinding | undefined, view: DirectoryView): OverviewTold | null => {
  if (told === undefined) return null;
  const { text, subject, town, seriousness, category } = told;
  return { text, subject, town, seriousness, category: { code: category, name: categoryName(view, category) } };
};

const personAnswer = (view: DirectoryView, personId: PersonId, post: string | null): OverviewPerson => {
  const person = view.person(personId);
  return { personId, name: person?.name ?? personId, post, phone: person?.phoneMasked ?? null };
};

/** In this order somebody answers for a unit. */
const ANSWERABLE: readonly Role[] = ['head', 'deputy', 'clerk'];
const answerableOf = (view: DirectoryView, unitId: UnitId, today: LocalDate): OverviewPerson | null => {
  const posts = view
    .allPosts()
    .filter((post) => view.currentOf(post.unitId) === unitId && (post.closedAfter === null || today <= post.closedAfter));
  for (const role of ANSWERABLE) {
    for (const post of posts.filter(({ roles }) => roles.includes(role))) {
      const [holder] = view.holdersOf(post.id, today);
      if (holder !== undefined) return personAnswer(view, holder, post.title);
    }
  }
  return null;
};

const findingAnswer = ({ findingId, number, since }: FigureEntry, { told, view }: OverviewWords): OverviewFinding => ({
  findingId,
  number,
  since,
  told: toldAnswer(told.get(findingId), view),
});

const untouchedAnswer = (leg: UntouchedLeg, asOf: LocalDate, words: OverviewWords): OverviewUntouched => {
  const { view, today, told, calendar } = words;
  const { findingId, legId, number, since } = leg;
  const unitId = view.currentOf(leg.unitId as UnitId);
  const finding = told.get(findingId);
  const own = view.leadersOf(unitId, today);
  const leaders = own.length > 0 || finding === undefined ? own : view.leadersOf(view.currentOf(finding.town.id), today);
  return {
    findingId,
    legId,
    number,
    told: toldAnswer(finding, view),
    unit: { id: unitId, name: view.unit(unitId)?.name ?? unitId },
    since,
    workingDays: workingDaysBetween(since, asOf, calendar),
    leaders: leaders.map((leader) => personAnswer(view, leader, null)),
    person: answerableOf(view, unitId, today),
    assignee: finding === undefined ? null : (words.legs.find((l) => l.findingId === findingId && l.legId === legId)?.assignee ?? null),
  };
};

const upperAnswer = (fact: UpperFact, { told, uppers, view }: OverviewWords): OverviewUpper => {
  const { findingId, number, stage, countyClearedOn, upperClearedOn } = fact;
  const upper = uppers.get(findingId);
  return {
    findingId,
    number,
    authority: upper?.authority ?? null,
    batch: upper?.batch ?? null,
    upperNumber: upper?.number ?? null,
    told: toldAnswer(told.get(findingId), view),
    stage,
    due: upper?.due ?? fact.due,
    countyClearedOn,
    upperClearedOn,
  };
};

export const overviewAnswer = (figures: OverviewFigures, words: OverviewWords): Overview => {
  const { asOf, serious, relapses, untouched, upper } = figures;
  return {
    asOf,
    partial: figures.partial,
    remainder: figures.remainder,
    segments: figures.segments,
    beside: figures.beside,
    week: figures.week,
    dueNext7Days: figures.dueNext7Days,
    pace: figures.pace,
    serious: { total: serious.total, rows: serious.rows.map((row) => findingAnswer(row, words)) },
    untouched: untouched.map((leg) => untouchedAnswer(leg, asOf, words)),
    relapses: { total: relapses.total, rows: relapses.rows.map((row) => findingAnswer(row, words)) },
    upper: { total: upper.total, cleared: upper.cleared, rows: upper.rows.map((row) => upperAnswer(row, words)) },
  };
};
