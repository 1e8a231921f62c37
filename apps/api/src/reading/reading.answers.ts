import type { DeadlineRow, FindingDetail, InboxEntry, LegEntry, OwnAct, ShownRow, TimelineLine } from '@app/findings';
import type { CategoryCode, PersonId } from '@app/kernel';
import type { DirectoryView } from '@app/organisation';
import { derivationAccount, type DueTime } from '@app/worktime';
import type { DaysLeft, Reading } from './reader-context';

type Named = Readonly<{ id: string; name: string }>;
const named = (id: string | null, name: string | null): Named | null => (id === null ? null : { id, name: name ?? id });

export const categoryName = (view: DirectoryView, code: string): string => view.category(code as CategoryCode)?.name ?? code;
const personName = (view: DirectoryView, id: string): Named => ({ id, name: view.person(id as PersonId)?.name ?? id });

export const findingAnswer = (row: ShownRow, view: DirectoryView, daysLeft: DaysLeft) => ({
  findingId: row.finding_id,
  revision: row.revision,
  number: row.number,
  kind: row.kind,
  status: row.status,
  stage: row.stage,
  stageSince: row.stage_since,
  flags: row.flags,
  source: { kind: row.source_kind, name: row.source_name, batch: row.source_batch },
  manner: row.manner,
  category: { code: row.category, name: categoryName(view, row.category) },
  seriousness: row.seriousness,
  rectification: row.rectification,
  list: row.list_id === null ? null : { listId: row.list_id, row: row.list_row },
  parentId: row.parent_id,
  relapseOf: row.relapse_of,
  selfFound: row.self_found,
  upper: row.upper_number === null ? null : { authority: row.upper_authority, number: row.upper_number },
  town: named(row.town_id, row.town_name),
  village: named(row.village_id, row.village_name),
  place: row.place_text,
  team: named(row.team_id, row.team_name),
  department: named(row.department_id, row.department_name),
  owner: named(row.owner_id, row.owner_name),
  subject: { kind: row.subject_kind, label: row.subject_label },
  text: row.text,
  foundOn: row.found_on,
  filedAt: row.filed_at,
  transferredAt: row.transferred_at,
  clearedAt: row.cleared_at,
  endedAt: row.ended_at,
  dueAt: row.due_at,
  overdue: row.overdue,
  /** Working days to `dueAt`, negative when it has passed; null without one. */
  workingDaysLeft: daysLeft(row.due_at),
  nextDue: row.next_due_at === null ? null : { at: row.next_due_at, kind: row.next_due_kind },
  items: { total: row.items_total, open: row.items_open, done: row.items_done, untrue: row.items_untrue, cannot: row.items_cannot },
  legs: { total: row.legs_total, passed: row.legs_passed },
  changedAt: row.changed_at,
});

export const legAnswer = (leg: LegEntry, view: DirectoryView, daysLeft: DaysLeft) => ({
  findingId: leg.finding_id,
  legId: leg.leg_id,
  number: leg.number,
  findingStage: leg.finding_stage,
  text: leg.text,
  subject: leg.subject_label,
  town: leg.town_name,
  category: { code: leg.category, name: categoryName(view, leg.category) },
  unit: { id: leg.unit_id, name: leg.unit_name },
  line: leg.line,
  duty: leg.duty,
  leads: leg.leads,
  stage: leg.stage,
  dueAt: leg.due_at,
  originalDueAt: leg.original_due_at,
  running: leg.running,
  overdue: leg.overdue,
  /** Null while the clock stands. */
  workingDaysLeft: leg.running ? daysLeft(leg.due_at) : null,
  deliveredAt: leg.delivered_at,
  signedAt: leg.signed_at,
  deemedSigned: leg.deemed_signed,
  submittedAt: leg.submitted_at,
  onTime: leg.on_time,
  onTimeByOriginal: leg.on_time_by_original,
  passedAt: leg.passed_at,
  sentBack: leg.sent_back,
  extensions: leg.extensions,
});

export const inboxAnswer = (entry: InboxEntry, view: DirectoryView, daysLeft: DaysLeft) => ({
  findingId: entry.finding_id,
  number: entry.number,
  work: entry.work,
  legId: entry.leg_id,
  unit: { id: entry.unit_id, name: entry.unit_name },
  roles: entry.roles,
  dueAt: entry.due_at,
  overdue: entry.overdue,
  workingDaysLeft: daysLeft(entry.due_at),
  since: entry.since_at,
  remindedAt: entry.reminded_at,
  overdueNotedAt: entry.passed_at,
  stage: entry.stage,
  category: { code: entry.category, name: categoryName(view, entry.category) },
  seriousness: entry.seriousness,
  text: entry.text,
  subject: entry.subject_label,
  town: entry.town_name,
});

export const lineAnswer = (line: TimelineLine, view: DirectoryView) => ({
  position: line.position,
  revision: line.revision,
  type: line.type,
  label: line.label,
  /** Server time, and the day somebody claims for it (R15). */
  at: line.at,
  on: line.on_day,
  person: personName(view, line.person_id),
  unit: { id: line.unit_id, name: line.unit_name },
  postId: line.post_id,
  /** 乙代甲. */
  inPlaceOf: line.in_place_of === null ? null : personName(view, line.in_place_of),
  legId: line.leg_id,
  params: line.params,
});

export const actAnswer = (act: OwnAct, view: DirectoryView) => ({
  position: act.position,
  findingId: act.finding_id,
  number: act.number,
  type: act.type,
  label: act.label,
  at: act.at,
  on: act.on_day,
  person: personName(view, act.person_id),
  unit: { id: act.unit_id, name: act.unit_name },
  legId: act.leg_id,
});

/** A due time with the account of how it came about, in words (期限溯源). */
export type AccountedDue = DueTime & Readonly<{ account: readonly string[] }>;
export const accounted = (due: DueTime): AccountedDue => ({ ...due, account: derivationAccount(due) });

export const deadlineAnswer = (row: DeadlineRow, { view, now, daysLeft }: Reading) => ({
  key: row.key,
  kind: row.kind,
  legId: row.legId,
  /** Whose clock it is. */
  unit: { id: row.unitId, name: view.unit(row.unitId)?.name ?? row.unitId },
  /** False while it stands. */
  running: row.running,
  overdue: row.running && row.due.at < now,
  due: accounted(row.due),
  workingDaysLeft: row.running ? daysLeft(row.due.at) : null,
});
export type ToldDeadline = ReturnType<typeof deadlineAnswer>;

type Turns = readonly FindingDetail['turns'][number][];
export const detailAnswer = (detail: FindingDetail, view: DirectoryView, mine: Turns, daysLeft: DaysLeft) => ({
  ...detail,
  workingDaysLeft: daysLeft(detail.dueAt),
  legs: detail.legs.map((leg) => ({ ...leg, due: accounted(leg.due), workingDaysLeft: leg.running ? daysLeft(leg.due.at) : null })),
  turns: detail.turns.map((turn) => ({ ...turn, workingDaysLeft: daysLeft(turn.dueAt) })),
  category: { code: detail.category, name: categoryName(view, detail.category) },
  filedBy: personName(view, detail.filedBy),
  evidence: detail.evidence.map((file) => ({ ...file, by: personName(view, file.by) })),
  instructions: detail.instructions.map((given) => ({ ...given, leader: personName(view, given.leader) })),
  /** What waits for the reader, from the post acted from; nothing that avoidance forbids them (R9). */
  mine: mine.map(({ work, legId, dueAt, overdue }) => ({ work, legId, dueAt, overdue, workingDaysLeft: daysLeft(dueAt) })),
});
