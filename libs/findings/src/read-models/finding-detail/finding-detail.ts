import type { FindingId, PersonId, Role, UnitId } from '@app/kernel';
import { legsOf, type Leg } from '../../domain/finding.state';
import { isRunning, shownIn, type FindingListRow } from '../finding-list/finding-list.row';
import { type UnitBook, type KnownUnit } from '../finding-list/unit-book';
import type { InboxWork } from '../inbox/inbox.row';
import type { FindingView } from './finding.view';
import { withoutSecrets } from './timeline.row';

/** Who waits for whom, as the inbox has it. */
export type TurnRow = Readonly<{
  work: InboxWork;
  part: string;
  unit_id: UnitId;
  unit_name: string;
  roles: readonly Role[];
  person_id: PersonId | null;
  leg_id: string | null;
  due_at: string | null;
  since_at: string;
}>;

export type NamedUnit = Readonly<{ id: string; name: string }>;
const named = ({ id, name }: KnownUnit): NamedUnit => ({ id, name });

const LINES: readonly Leg['line'][] = ['territorial', 'sectoral', 'owner'];
const sideBySide = (legs: readonly Leg[]): readonly Leg[] => [...legs].sort((a, b) => LINES.indexOf(a.line) - LINES.indexOf(b.line));

export type DetailSource = Readonly<{
  findingId: FindingId;
  row: FindingListRow & Readonly<{ overdue: boolean }>;
  view: FindingView;
  units: UnitBook;
  turns: readonly TurnRow[];
  now: string;
}>;

/** Everything one page shows of a finding, legs and items side by side. Ciphertexts, hashes and paths of storage stay out. */
export const detailOf = ({ findingId, row, view, units, turns, now }: DetailSource) => {
  if (view.state.phase === 'absent') return null;
  const { state, facts } = view;
  const { core } = state;
  const work = 'work' in state ? state.work : null;
  const shown = shownIn(view, units);
  const unit = (id: UnitId): NamedUnit => named(shown.unit(id));
  const maybe = (id: UnitId | null): NamedUnit | null => (id === null ? null : unit(id));
  const evidence = Object.values(core.evidence)
    .sort((a, b) => (a.evidenceId < b.evidenceId ? -1 : 1))
    .map(({ evidenceId, name, mediaType, size, phase, legId, removed, by }) => ({
      evidenceId,
      name,
      mediaType,
      size,
      phase,
      legId,
      removed,
      by: by.personId,
    }));
  const legs =
    work === null
      ? []
      : sideBySide(legsOf(work)).map((leg) => {
          const told = facts.legs[leg.legId];
          const running = isRunning(core, leg);
          return {
            legId: leg.legId,
            unit: unit(leg.unitId),
            line: leg.line,
            duty: leg.duty,
            leads: leg.leads,
            stage: leg.stage,
            since: told?.since ?? leg.deliveredAt,
            deliveredAt: leg.deliveredAt,
            movedFrom: maybe(told?.movedFrom ?? null),
            signedAt: told?.signedAt ?? null,
            deemedSigned: told?.deemedSigned ?? false,
            /** With every step of how it came about; `running` is false while the clock stands. */
            due: leg.due,
            originalDue: leg.originalDue,
            running,
            overdue: running && leg.due.at < now,
            extension: leg.extension,
            extensions: leg.extensions,
            /** Asked for or granted; granted, the clock stands until that day at the latest. */
            pause: leg.pause ?? null,
            sentBack: leg.sentBackBefore,
            sentBackBecause: told?.sentBackBecause ?? null,
            returned: told?.returned ?? null,
            ruling: told?.ruling ?? null,
            village: maybe(told?.villageId ?? null),
            assignee: told?.assignee ?? null,
            plan: told?.plan ?? null,
            progress: told?.progress ?? null,
            guidance: told?.guidance ?? null,
            report: told?.report ?? null,
            opinion: told?.opinion ?? null,
            submission: leg.submission,
            lateEntry: told?.lateEntry ?? null,
            passedAt: leg.stage === 'passed' ? leg.passedAt : null,
          };
        });
  return {
    findingId,
    revision: view.revision,
    position: view.position,
    number: core.number,
    kind: core.kind,
    status: row.status,
    stage: row.stage,
    stageSince: facts.stageSince,
    flags: row.flags,
    source: core.source,
    manner: facts.manner,
    foundOn: facts.foundOn,
    filedAt: core.filedAt,
    filedBy: core.filedBy.personId,
    capturedAt: facts.capturedAt,
    lateEntry: facts.lateEntry,
    selfFound: core.selfFound,
    team: unit(core.teamId),
    place: { town: unit(core.place.townId), village: maybe(core.place.villageId), text: core.place.text },
    responsibleUnit: maybe(core.responsibleUnitId),
    projectOwner: maybe(core.projectOwnerId),
    subject: withoutSecrets(core.subject),
    category: core.category,
    text: facts.text,
    basis: facts.basis,
    suggestedMeasure: facts.suggestedMeasure,
    seriousness: core.seriousness,
    rectification: facts.rectification,
    /** 立行立改 as put down with the filing; the head of the team accepts it. */
    onTheSpot:
      core.onTheSpot === undefined
        ? null
        : { ...core.onTheSpot, rectifyingUnit: unit(core.onTheSpot.rectifyingUnitId), by: core.onTheSpot.by.personId },
    upper: core.upper === null ? null : { ...core.upper, due: core.upperDue, cleared: core.upperCleared, clearance: facts.upperClearance },
    upperAnswers: facts.upperAnswers,
    list: core.list,
    parentId: core.parentId,
    relapseOf: core.relapseOf,
    children: core.children.map((child) => ({
      findingId: child.findingId,
      number: facts.childNumbers[child.findingId] ?? '',
      town: unit(child.townId),
      passed: child.passed,
    })),
    legs,
    assisting: (work?.assisting ?? []).map(unit),
    copies: (work?.copies ?? []).map(unit),
    independent: work?.independent ? { ...work.independent, unit: unit(work.independent.unitId) } : null,
    overruledBecause: facts.overruledBecause,
    singleLegBecause: facts.singleLegBecause,
    jointRuling: facts.jointRuling,
    stages: work?.stages ?? (state.phase === 'accepted' ? state.stages : []),
    items: core.items.map((item) => ({ ...item, subject: withoutSecrets(item.subject) })),
    evidence,
    instructions: core.instructions.map((given) => ({ ...given, units: (facts.instructionUnits[given.seq] ?? []).map(unit) })),
    /** Every clock that runs now, with its derivation. */
    deadlines: Object.values(core.deadlines)
      .sort((a, b) => (a.due.at < b.due.at ? -1 : 1))
      .map((open) => ({ ...open, unit: unit(open.unitId), overdue: open.due.at < now })),
    dueAt: row.due_at,
    overdue: row.overdue,
    verification: facts.verification,
    clearance: 'clearance' in state ? { ...facts.clearance, at: state.clearance.at, on: state.clearance.on } : null,
    revocations: facts.revocations,
    lookBacks: facts.lookBacks,
    ended: state.phase === 'ended' ? { how: state.how, ...facts.ended } : null,
    turns: turns.map((turn) => ({
      work: turn.work,
      unit: { id: turn.unit_id, name: turn.unit_name },
      roles: turn.roles,
      personId: turn.person_id,
      legId: turn.leg_id,
      dueAt: turn.due_at,
      since: turn.since_at,
      overdue: turn.due_at !== null && turn.due_at < now,
    })),
  };
};
export type FindingDetail = NonNullable<ReturnType<typeof detailOf>>;
