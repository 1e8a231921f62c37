import type { FindingId, UnitId } from '@app/kernel';
import { legsOf, statusOf, type Core, type Leg } from '../../domain/finding.state';
import type { OpenDeadline } from '../../domain/finding.types';
import type { FindingView } from '../finding-detail/finding.view';
import { searchColumns } from '../search/search-text';
import { allPrefixes, type KnownUnit, type UnitBook } from './unit-book';

/** Later than every due time: findings without one come last. */
export const NEVER = '9999-12-31T00:00:00.000Z';

export type FindingListRow = Readonly<{
  finding_id: string;
  number: string;
  kind: string;
  status: string;
  stage: string;
  flags: readonly string[];
  source_kind: string;
  source_name: string;
  source_batch: string | null;
  manner: string;
  category: string;
  seriousness: string;
  rectification: string | null;
  list_id: string | null;
  list_row: string | null;
  parent_id: string | null;
  relapse_of: string | null;
  self_found: boolean;
  upper_authority: string | null;
  upper_number: string | null;
  town_id: string;
  town_name: string;
  village_id: string | null;
  village_name: string | null;
  place_text: string;
  team_id: string;
  team_name: string;
  department_id: string | null;
  department_name: string | null;
  owner_id: string | null;
  owner_name: string | null;
  team_path: string;
  town_path: string;
  department_path: string | null;
  owner_path: string | null;
  unit_paths: readonly string[];
  reader_paths: readonly string[];
  leader_paths: readonly string[];
  text: string;
  subject_kind: string;
  subject_label: string;
  haystack: string;
  initials: string;
  grams: readonly string[];
  due_at: string | null;
  due_sort: string;
  next_due_at: string | null;
  next_due_kind: string | null;
  found_on: string;
  filed_at: string;
  accepted_at: string | null;
  transferred_at: string | null;
  cleared_at: string | null;
  ended_at: string | null;
  stage_since: string;
  items_total: number;
  items_open: number;
  items_done: number;
  items_untrue: number;
  items_cannot: number;
  legs_total: number;
  legs_passed: number;
  revision: number;
  changed_at: string;
  position: string;
}>;

/** Units by name and place, as this finding is to show them: today's while it is open, those of its closing afterwards. */
export type Shown = Readonly<{ unit: (id: UnitId) => KnownUnit }>;
export const shownIn = (view: FindingView, book: UnitBook): Shown => {
  const { closedAs } = view.facts;
  return {
    unit: (id) => {
      const frozen = closedAs?.[id];
      return frozen ? { ...book.unit(frozen.id), name: frozen.name } : book.today(id);
    },
  };
};

const workOf = (view: FindingView) => ('work' in view.state ? view.state.work : null);

/** Clocks of the units' own work; the office's reviewing is not what makes a finding overdue (R34). */
const WORK_CLOCKS: ReadonlySet<OpenDeadline['kind']> = new Set(['rectify', 'guide', 'opinion', 'stage']);
/** Of two at the same moment the one whose key comes first: the order of keys in the stored state says nothing. */
const earliest = (deadlines: readonly OpenDeadline[]): OpenDeadline | null => {
  const rank = (d: OpenDeadline): string => `${d.due.at} ${d.key}`;
  return deadlines.reduce<OpenDeadline | null>((first, d) => (first === null || rank(d) < rank(first) ? d : first), null);
};

export const isRunning = (core: Core, leg: Leg): boolean =>
  core.deadlines[`${leg.duty === 'guides' ? 'guide' : 'rectify'}/${leg.legId}`] !== undefined;

const flagsOf = (view: FindingView, core: Core): readonly string[] => {
  const work = workOf(view);
  const legs = work === null ? [] : legsOf(work);
  const { facts } = view;
  return [
    ...(legs.some((leg) => leg.sentBackBefore) ? ['sent-back'] : []),
    ...(legs.some((leg) => leg.extensions > 0) ? ['extended'] : []),
    ...(legs.some((leg) => leg.extension !== null) ? ['extension-asked'] : []),
    ...(legs.some((leg) => leg.pause?.granted === false) ? ['pause-asked'] : []),
    ...(legs.some((leg) => leg.pause?.granted === true) ? ['paused'] : []),
    // Counted apart by these two (R16): on time by another clock than the server's.
    ...(facts.lateEntry?.kind === 'offline' ? ['offline-capture'] : []),
    ...(facts.lateEntry?.kind === 'office' || Object.values(facts.legs).some((l) => l.lateEntry !== null) ? ['late-entry'] : []),
    ...(facts.revocations.length > 0 ? ['reopened'] : []),
    ...(facts.lookBacks.some((l) => l.result === 'relapse') ? ['relapsed'] : []),
    ...(core.relapseOf === null ? [] : ['relapse']),
    ...(core.upper === null ? [] : [core.upperCleared ? 'upper-cleared' : 'upper']),
    ...(core.instructions.some((i) => i.reply === null) ? ['instruction-open'] : []),
    ...(core.children.length > 0 ? ['parent'] : []),
    ...(core.parentId === null ? [] : ['child']),
    ...(facts.singleLegBecause === null ? [] : ['single-leg']),
    ...(core.subject.sensitive ? ['sensitive'] : []),
    ...(Object.values(facts.legs).some((l) => l.progress?.basicallyComplete) ? ['basically-complete'] : []),
  ].sort();
};

export const rowOf = (findingId: FindingId, view: FindingView, book: UnitBook): FindingListRow | null => {
  if (view.state.phase === 'absent') return null;
  const { core } = view.state;
  const { facts } = view;
  const work = workOf(view);
  const legs = work === null ? [] : legsOf(work);
  const shown = shownIn(view, book);
  const onLine = (line: Leg['line']): KnownUnit | null => {
    const leg = legs.find((l) => l.line === line);
    return leg === undefined ? null : shown.unit(leg.unitId);
  };
  const place = shown.unit(core.place.townId);
  const town = onLine('territorial') ?? place;
  const village = core.place.villageId === null ? null : shown.unit(core.place.villageId);
  const team = shown.unit(core.teamId);
  const department = onLine('sectoral');
  const ownerId = core.projectOwnerId;
  const owner = onLine('owner') ?? (ownerId === null ? null : shown.unit(ownerId));
  const others = work === null ? [] : [...work.assisting, ...work.copies, ...(work.independent ? [work.independent.unitId] : [])];
  const holders = [...legs.map((leg) => shown.unit(leg.unitId)), ...others.map((id) => shown.unit(id))];
  // The town of the place knows of it from the transfer on, unless its leg was moved away: it keeps its acts, not the finding.
  const lost = work?.returnedBy.some((id) => shown.unit(id).id === place.id) === true && !holders.some((unit) => unit.id === place.id);
  const addressed = core.instructions.flatMap((given) => (facts.instructionUnits[given.seq] ?? []).map((id) => shown.unit(id)));
  const readers = [team, shown.unit(core.filedBy.unitId), ...holders, ...addressed, ...(work === null || lost ? [] : [place])];
  const involved = [...readers, place, ...(village ? [village] : []), ...(owner ? [owner] : [])];
  const clocks = Object.values(core.deadlines);
  const due = earliest(clocks.filter((d) => WORK_CLOCKS.has(d.kind)));
  const next = earliest(clocks);
  const answered = (answer: string): number => core.items.filter((item) => item.answer === answer).length;
  const names = [place, town, village, department, owner, team].flatMap((unit) => (unit === null ? [] : [unit.name]));
  return {
    finding_id: findingId,
    number: core.number,
    kind: core.kind,
    status: statusOf(facts.stage),
    stage: facts.stage,
    flags: flagsOf(view, core),
    source_kind: core.source.kind,
    source_name: core.source.name,
    source_batch: core.source.batch,
    manner: facts.manner,
    category: core.category,
    seriousness: core.seriousness,
    rectification: facts.rectification,
    list_id: core.list?.listId ?? null,
    list_row: core.list?.row ?? null,
    parent_id: core.parentId,
    relapse_of: core.relapseOf,
    self_found: core.selfFound,
    upper_authority: core.upper?.authority ?? null,
    upper_number: core.upper?.number ?? null,
    town_id: town.id,
    town_name: town.name,
    village_id: village?.id ?? null,
    village_name: village?.name ?? null,
    place_text: core.place.text,
    team_id: team.id,
    team_name: team.name,
    department_id: department?.id ?? null,
    department_name: department?.name ?? null,
    owner_id: owner?.id ?? null,
    owner_name: owner?.name ?? null,
    team_path: team.path,
    town_path: town.path,
    department_path: department?.path ?? null,
    owner_path: owner?.path ?? null,
    unit_paths: allPrefixes(involved.map((unit) => unit.path)),
    reader_paths: allPrefixes(readers.map((unit) => unit.path)),
    leader_paths: allPrefixes([place.path, ...holders.map((unit) => unit.path)]),
    text: facts.text,
    subject_kind: core.subject.kind,
    subject_label: core.subject.label,
    ...searchColumns(
      [...names, core.subject.label],
      [core.number, facts.text, core.place.text, core.source.name, core.upper?.number ?? '', core.list?.row ?? ''],
    ),
    due_at: due?.due.at ?? null,
    due_sort: due?.due.at ?? NEVER,
    next_due_at: next?.due.at ?? null,
    next_due_kind: next?.kind ?? null,
    found_on: facts.foundOn,
    filed_at: core.filedAt,
    accepted_at: facts.acceptedAt,
    transferred_at: facts.transferredAt,
    cleared_at: 'clearance' in view.state ? view.state.clearance.at : null,
    ended_at: view.state.phase === 'ended' ? (facts.ended?.at ?? null) : null,
    stage_since: facts.stageSince,
    items_total: core.items.length,
    items_open: answered('open'),
    items_done: answered('done'),
    items_untrue: answered('untrue'),
    items_cannot: answered('cannot'),
    legs_total: legs.length,
    legs_passed: legs.filter((leg) => leg.stage === 'passed').length,
    revision: view.revision,
    changed_at: view.changedAt,
    position: view.position,
  };
};

/** Counters the finding stands in, as `dimension|key|stage`. */
export const countersOf = (row: FindingListRow): readonly string[] => {
  const keys: readonly (readonly [string, string | null])[] = [
    ['all', ''],
    ['team', row.team_id],
    ['town', row.town_id],
    ['department', row.department_id],
    ['category', row.category],
    ['source', row.source_kind],
    ['list', row.list_id],
    ...row.unit_paths.map((path) => ['unit', path] as const),
    ...row.reader_paths.map((path) => ['reader', path] as const),
  ];
  return keys.flatMap(([dimension, key]) => (key === null ? [] : [`${dimension}|${key}|${row.stage}`]));
};
