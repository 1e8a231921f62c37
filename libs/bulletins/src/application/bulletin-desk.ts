import { CalendarService } from '@app/calendar';
import { Clock, contentHashOf, localDateOf, yearOf, type Actor, type LocalDate } from '@app/kernel';
import { Directory } from '@app/organisation';
import { Inject, Injectable } from '@nestjs/common';
import { draftTexts } from '../document/draft-texts';
import { FROZEN } from '../document/figures';
import { TEMPLATES } from '../document/templates';
import { issueLabel } from '../document/words';
import type { LastIssue } from '../domain/bulletin.commands';
import { reject } from '../domain/bulletin.errors';
import { BULLETIN_KINDS, type BulletinContent, type BulletinId, type BulletinKind, type CorrectionLine } from '../domain/bulletin.types';
import { isPeriodOf, nextIssue, type NextIssue } from '../domain/periods';
import { BulletinQueries, type IssuedBulletin } from '../read-models/bulletin.queries';
import { lastClosedDay } from './bulletin-days';
import { FigureFreezer } from './figure-freezer';
import type { BulletinDraft } from './handle-bulletin';

export type Composed = Readonly<{ content: BulletinContent; contentHash: string; last: LastIssue | null; lastClosedDay: LocalDate }>;
/** What the figures of an issue would be today by the dates claimed, where that differs from what was published and corrected since. */
export type ProposedCorrections = Readonly<{ position: string; lines: readonly CorrectionLine[] }>;

const lastOf = (issued: IssuedBulletin | null): LastIssue | null =>
  issued && {
    bulletinId: issued.content.bulletinId,
    year: issued.content.year,
    number: issued.content.number,
    total: issued.content.total,
    to: issued.content.period.to,
  };

/** Puts issues together: figures, the issue before, corrections not yet printed, texts. Stores nothing. */
@Injectable()
export class BulletinDesk {
  constructor(
    @Inject(BulletinQueries) private readonly bulletins: BulletinQueries,
    @Inject(FigureFreezer) private readonly freezer: FigureFreezer,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(CalendarService) private readonly calendars: CalendarService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The next issue of each kind: its period, when it is due, and whether it may be issued yet. */
  async schedule(): Promise<readonly NextIssue[]> {
    const now = this.clock.now();
    const days = { today: localDateOf(now), lastClosedDay: lastClosedDay(now), calendar: this.calendars.calendar() };
    const last = new Map((await this.bulletins.newest()).map(({ kind, to }) => [kind, to]));
    return BULLETIN_KINDS.map((kind) => nextIssue(kind, last.get(kind) ?? null, days));
  }

  /** Errors: bulletin-period-invalid, bulletin-period-open, bulletin-figures-behind. */
  async compose(draft: BulletinDraft, by: Actor, on: LocalDate): Promise<Composed> {
    const { kind, period } = draft;
    const closed = lastClosedDay(this.clock.now());
    if (!isPeriodOf(kind, period)) reject('bulletin-period-invalid');
    if (period.to > closed) reject('bulletin-period-open', { day: closed });
    const previous = await this.bulletins.last(kind);
    const last = lastOf(previous);
    const { position, figures } = await this.freezer.freeze(period, previous?.content.figures ?? null);
    const view = await this.directory.view();
    const unit = view.unit(by.unitId);
    const county = view.allUnits().find(({ kind: of }) => of === 'county');
    const [total, year] = [(last?.total ?? 0) + 1, yearOf(on)];
    const number = last?.year === year ? last.number + 1 : 1;
    const untold = {
      bulletinId: `${kind}-${String(total)}` as BulletinId,
      kind,
      year,
      number,
      total,
      title: draft.title ?? titleOf(kind, county?.name ?? '', draft),
      unit: { id: by.unitId, name: unit?.name ?? by.unitId },
      signer: view.person(by.personId)?.name ?? by.personId,
      copies: draft.copies,
      period,
      position,
      template: { id: TEMPLATES[kind].id, version: TEMPLATES[kind].version },
      ranked: draft.ranked,
      figures,
      previous: previous && {
        bulletinId: previous.content.bulletinId,
        label: issueLabel(previous.content),
        asOf: previous.content.period.to,
      },
      corrections: await this.bulletins.unprinted(kind),
    };
    const content = { ...untold, texts: { ...draftTexts(untold), ...draft.texts } };
    return { content, contentHash: contentHashOf(content), last, lastClosedDay: closed };
  }

  /** Errors: bulletin-not-found, bulletin-figures-behind. */
  async corrections(bulletinId: BulletinId): Promise<ProposedCorrections> {
    const issued = await this.bulletins.one(bulletinId);
    if (issued === null) return reject('bulletin-not-found');
    const { position, of } = await this.freezer.known(issued.content.period);
    const told = new Map(issued.corrections.flatMap(({ lines }) => lines.map((line) => [keyOf(line), line.is] as const)));
    const lines = issued.content.figures.tables.flatMap(({ scope, rows }) =>
      rows.flatMap(({ id, name, figures }) =>
        // In the order of the tables, whatever order a store gives the names.
        FROZEN[scope].figures.flatMap((figure): readonly CorrectionLine[] => {
          const was = figures[figure];
          if (was === undefined) return [];
          const line = { scope, id, name, figure, was, is: of(scope, id, figure) };
          return line.is === (told.get(keyOf(line)) ?? was) ? [] : [line];
        }),
      ),
    );
    return { position, lines };
  }
}

const keyOf = ({ scope, id, figure }: CorrectionLine): string => `${scope}/${id}/${figure}`;

const titleOf = (kind: BulletinKind, county: string, { period: { from, to } }: BulletinDraft): string => {
  const [year, month] = [to.slice(0, 4), Number(to.slice(5, 7))];
  const of = (what: string): string => `${county}问题整改${what}`;
  switch (kind) {
    case 'bulletin':
      return `${of('工作简报')}（${from.slice(0, 4) === year ? '' : `${from.slice(0, 4)}年`}${monthDay(from)}—${monthDay(to)}）`;
    case 'monthly':
      return `${of('调度表')}（${year}年${String(month)}月）`;
    case 'quarterly':
      return `${of('情况通报')}（${year}年第${String(Math.ceil(month / 3))}季度）`;
    case 'half-yearly':
      return `${of('督查报告')}（${year}年${month <= 6 ? '上' : '下'}半年）`;
    case 'annual':
      return `${of('考核表')}（${year}年度）`;
  }
};
const monthDay = (day: LocalDate): string => `${String(Number(day.slice(5, 7)))}月${String(Number(day.slice(8)))}日`;
