import { CalendarService } from '@app/calendar';
import { FindingReader, type FindingState } from '@app/findings';
import {
  Clock,
  instantAt,
  localDateOf,
  type Actor,
  type EvidenceId,
  type FindingId,
  type Instant,
  type LocalDate,
  type PersonId,
  type UnitId,
} from '@app/kernel';
import { Directory, type DirectoryView } from '@app/organisation';
import { addWorkingDays, effectiveDelivery, END_OF_WORK } from '@app/worktime';
import { Inject, Injectable } from '@nestjs/common';
import type { LegNow, NoticeWorld, PhotoNow } from '../domain/notice.commands';
import { reject } from '../domain/notice.errors';
import {
  ISSUED_BY_HAND,
  type NoticeContent,
  type NoticeInspection,
  type NoticeKind,
  type NoticeReference,
  type NoticeRow,
} from '../domain/notice.types';
import { legNow, noticeRow, type LegGiven } from './notice-row';

/** Of the wording that documents are made with; a new wording gets a new number, and old notices keep theirs. */
const TEMPLATE_VERSION = 1;
const BY_HAND: ReadonlySet<NoticeKind> = new Set(ISSUED_BY_HAND);

export type PhotoGiven = Readonly<{ findingId: FindingId; evidenceId: EvidenceId }>;

/** What somebody wants on a notice; everything else is taken from the findings as they stand. */
export type NoticeRequest = Readonly<{
  kind: NoticeKind;
  unitId: UnitId;
  legs: readonly LegGiven[];
  text: string | null;
  inspectors: readonly PersonId[];
  /** Null: the days on which the findings were filed. */
  inspectedFrom: LocalDate | null;
  inspectedTo: LocalDate | null;
  /** Null: of what is issued by hand the last due day on it, where that is still to come; otherwise none. */
  feedbackBy: LocalDate | null;
  feedback: string | null;
  recheck: string | null;
  /** Null: whoever issues it. */
  signer: PersonId | null;
  copies: readonly string[];
  /** Evidence of the findings above, in the order of the annex. */
  photos: readonly PhotoGiven[];
  corrects: NoticeReference | null;
  follows: NoticeReference | null;
}>;

export type NoticeDraft = Readonly<{
  content: Omit<NoticeContent, 'noticeId' | 'number' | 'photos'>;
  legs: readonly LegNow[];
  photos: readonly PhotoNow[];
  at: Instant;
  on: LocalDate;
  world: NoticeWorld;
}>;

type Known = Exclude<FindingState, { phase: 'absent' }>;
type Loaded = Readonly<{ given: LegGiven; state: Known }>;

const MANNERS: Readonly<Record<Known['core']['manner'], string>> = {
  documents: '查阅资料',
  'on-site': '实地查看',
  household: '进村入户',
  data: '数据比对',
  unannounced: '四不两直',
};

const joined = (words: readonly string[]): string => [...new Set(words)].join('、');

/** Puts together what a notice would say now. Nothing is stored and no number is taken. */
@Injectable()
export class NoticeDrafts {
  constructor(
    @Inject(FindingReader) private readonly findings: FindingReader,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(CalendarService) private readonly calendar: CalendarService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Errors: DomainError of `NOTICE_ERRORS` where the request names what does not exist. */
  async of(request: NoticeRequest, by: Actor): Promise<NoticeDraft> {
    const [view, at] = [await this.directory.view(), this.clock.now()];
    const on = localDateOf(at);
    const calendar = this.calendar.calendar();
    const unit = view.unit(request.unitId);
    if (unit === undefined) return reject('notice-unit-unknown');
    const managing = view.managingOffice();
    const issuer = (by.roles.includes('system') ? undefined : view.unit(by.unitId)) ?? managing;
    if (issuer === undefined) return reject('notice-not-yours');
    const loaded: Loaded[] = [];
    for (const given of request.legs) loaded.push(await this.load(given));
    const rows = loaded.flatMap(({ given, state }) => noticeRow(given, state, { view, calendar }) ?? []);
    const nameOf = (id: PersonId): string => view.person(id)?.name ?? reject('notice-person-unknown');
    return {
      at,
      on,
      world: { succession: view.succession(), managingOffice: managing?.id ?? null },
      legs: loaded.map(({ given, state }) => legNow(given.findingId, state, given.legId)),
      photos: photosOf(request.photos, loaded, rows),
      content: {
        kind: request.kind,
        issuedOn: on,
        unitId: unit.id,
        unitName: unit.name,
        issuerId: issuer.id,
        issuerName: issuer.name,
        signer: nameOf(request.signer ?? by.personId),
        copies: request.copies,
        rows,
        text: request.text,
        inspection: request.kind === 'rectification-notice' ? inspectionOf(request, loaded, view, nameOf) : null,
        feedbackBy: request.feedbackBy ?? (BY_HAND.has(request.kind) ? lastDueOf(rows, on) : null),
        feedback: request.feedback,
        recheck: request.recheck,
        corrects: request.corrects,
        follows: request.follows,
        signDueAt: instantAt(addWorkingDays(effectiveDelivery(at, calendar), 1, calendar), END_OF_WORK),
        templateVersion: TEMPLATE_VERSION,
      },
    };
  }

  private async load(given: LegGiven): Promise<Loaded> {
    const { state } = await this.findings.load(given.findingId);
    return state.phase === 'absent' ? reject('notice-finding-not-found') : { given, state };
  }
}

const lastDueOf = (rows: readonly NoticeRow[], from: LocalDate): LocalDate | null =>
  rows.reduce<LocalDate | null>((last, { dueOn }) => (dueOn >= from && (last === null || dueOn > last) ? dueOn : last), null);

/** As they stand now, each once. */
const photosOf = (given: readonly PhotoGiven[], loaded: readonly Loaded[], rows: readonly NoticeRow[]): readonly PhotoNow[] =>
  [...new Map(given.map((photo) => [photo.evidenceId, photo])).values()].map(({ findingId, evidenceId }) => {
    const core = loaded.find((one) => one.given.findingId === findingId)?.state.core;
    const file = core?.evidence[evidenceId];
    const place = rows.find((row) => row.findingId === findingId)?.place ?? '';
    const known = { findingId, evidenceId, number: core?.number ?? '', place };
    if (core === undefined || file === undefined || file.removed) return { ...known, file: null };
    const { hash, phase, mediaType } = file;
    return { ...known, file: { hash, phase, mediaType, sensitive: core.subject.sensitive } };
  });

const inspectionOf = (
  { inspectors, inspectedFrom, inspectedTo }: NoticeRequest,
  loaded: readonly Loaded[],
  view: DirectoryView,
  nameOf: (id: PersonId) => string,
): NoticeInspection | null => {
  const days = loaded.map(({ state }) => localDateOf(state.core.filedAt)).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return null;
  return {
    from: inspectedFrom ?? (inspectedTo !== null && inspectedTo < first ? inspectedTo : first),
    to: inspectedTo ?? last,
    team: joined(loaded.map(({ state }) => view.unit(state.core.teamId)?.name ?? state.core.teamId)),
    manner: joined(loaded.map(({ state }) => MANNERS[state.core.manner])),
    inspectors: [...new Set(inspectors)].map(nameOf),
  };
};
