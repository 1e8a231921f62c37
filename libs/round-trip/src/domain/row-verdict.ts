import type { LocalDate } from '@app/kernel';
import type { GivenCell, GivenRow, KnownLeg } from './given-row';
import { ItemVerdicts } from './item-verdict';
import { reason } from './round-trip.errors';
import type { CellChange, Reason } from './round-trip.types';
import type { RowStep } from './row-steps';
import { COMPLETIONS, LEG_FILLED, LEG_FILLED_FIELDS, LEG_LOCKED, LEG_LOCKED_FIELDS, saysClearance, type LegFilled } from './sheet-columns';

export type JudgedRow = Readonly<{ cells: readonly CellChange[]; steps: readonly RowStep[] }>;
type Said = Readonly<{ reason: Reason; ignored: boolean }>;

const locked = (cell: GivenCell, before: string, why: Reason): CellChange => ({
  address: cell.address,
  field: null,
  title: cell.title,
  before,
  after: cell.text,
  verdict: 'ignored',
  becomes: null,
  reason: why,
});

/** One row being judged: what each cell says, what is said against it, and which command it goes into. */
class RowInHand {
  readonly steps: RowStep[] = [];
  private readonly said = new Map<LegFilled, Said>();
  private readonly becomes = new Map<LegFilled, RowStep['type']>();

  constructor(
    private readonly given: GivenRow,
    private readonly known: KnownLeg,
    private readonly today: LocalDate,
  ) {}

  cell(field: LegFilled): GivenCell | undefined {
    return this.given.filled[field];
  }
  /** Filled in with something else than the system holds. */
  changed(...fields: readonly LegFilled[]): boolean {
    return fields.some((field) => {
      const cell = this.cell(field);
      return cell !== undefined && cell.text !== '' && cell.text !== this.known.filled[field];
    });
  }
  /** What holds with this row: what was filled in, else what the system has. */
  text(field: LegFilled): string {
    return this.changed(field) ? (this.cell(field)?.text ?? '') : this.known.filled[field];
  }
  day(field: LegFilled): LocalDate | null {
    return this.changed(field) ? (this.cell(field)?.day ?? null) : ((this.known.filled[field] || null) as LocalDate | null);
  }
  refuse(field: LegFilled, why: Reason): void {
    if (!this.said.has(field)) this.said.set(field, { reason: why, ignored: false });
  }
  /** Something is said against one of these already: what else would follow from it is not said on top. */
  isRefused(...fields: readonly LegFilled[]): boolean {
    return fields.some((field) => this.said.get(field)?.ignored === false);
  }
  /** Every changed one of these. */
  refuseEach(fields: readonly LegFilled[], why: Reason): void {
    for (const field of fields) if (this.changed(field)) this.refuse(field, why);
  }
  /** The changed cells among `fields` go into this command, unless one of them is refused. */
  take(step: RowStep, ...fields: readonly LegFilled[]): void {
    this.steps.push(step);
    for (const field of fields) if (this.changed(field) && !this.becomes.has(field)) this.becomes.set(field, step.type);
  }

  /** What can be said of each cell by itself. */
  checkCells(): void {
    for (const field of LEG_FILLED_FIELDS) {
      const cell = this.cell(field);
      if (cell === undefined) continue;
      if (cell.broken) this.refuse(field, reason('cell-unreadable'));
      else if (cell.text === '' && this.known.filled[field] !== '') this.said.set(field, { reason: reason('not-erased'), ignored: true });
      else if (this.changed(field)) this.checkChanged(field, cell);
    }
  }

  private checkChanged(field: LegFilled, cell: GivenCell): void {
    const column = LEG_FILLED[field];
    if (column.kind === 'day' && cell.day === null) return this.refuse(field, reason('day-unreadable'));
    if (column.kind === 'text' && cell.text.length > column.most) return this.refuse(field, reason('text-too-long', { max: column.most }));
    if (column.kind !== 'choice' || COMPLETIONS.some((word) => word === cell.text)) return;
    this.refuse(
      field,
      saysClearance(cell.text) ? reason('clearance-never-taken') : reason('not-in-list', { values: COMPLETIONS.join('、') }),
    );
  }

  /** Cells that differ, refuse or are ignored; equal ones are not told. */
  changes(): readonly CellChange[] {
    return LEG_FILLED_FIELDS.flatMap((field): readonly CellChange[] => {
      const cell = this.cell(field);
      const said = this.said.get(field);
      if (cell === undefined || (said === undefined && !this.changed(field))) return [];
      const becomes = said === undefined ? (this.becomes.get(field) ?? null) : null;
      const verdict = said === undefined ? (becomes === null ? 'ignored' : 'taken') : said.ignored ? 'ignored' : 'refused';
      const { address, title, text } = cell;
      return [{ address, field, title, before: this.known.filled[field], after: text, verdict, becomes, reason: said?.reason ?? null }];
    });
  }

  get isDone(): boolean {
    return this.text('completion') === '已完成';
  }
  get isBasically(): boolean {
    return this.text('completion') === '基本完成';
  }

  judgeGuiding(): void {
    const others = LEG_FILLED_FIELDS.filter((field) => field !== 'progress');
    this.refuseEach(others, reason('guides'));
    if (this.changed('progress'))
      this.take({ type: 'GiveGuidance', data: { legId: this.known.legId, text: this.text('progress') } }, 'progress');
  }

  judgePlan(): void {
    const fields = ['measures', 'responsible', 'targetOn'] as const;
    if (!this.changed(...fields) || this.isRefused(...fields)) return;
    const [measures, responsible, targetOn] = [this.text('measures'), this.text('responsible'), this.day('targetOn')];
    if (measures === '' || responsible === '' || targetOn === null) return this.refuseEach(fields, reason('needs-plan'));
    this.take({ type: 'PlanLeg', data: { legId: this.known.legId, measures, responsible, targetOn } }, ...fields);
  }

  judgeProgress(): void {
    const asked = this.changed('extendTo');
    const because = this.changed('because') && !(asked && !this.isBasically);
    if (!this.isBasically) this.refuseEach(['remainsBy'], reason('only-when-basically'));
    if (!this.changed('progress', 'completion') && !because && !(this.isBasically && this.changed('remainsBy'))) return;
    const { legId } = this.known;
    const text = this.text('progress');
    if (text === '' && !(because && !this.isBasically))
      return this.refuseEach(['completion', 'because', 'remainsBy'], reason('needs-progress'));
    const fields = ['progress', 'completion', 'because', 'remainsBy'] as const;
    if (!this.isBasically) {
      const told = because ? [text, `未完成原因：${this.text('because')}`].filter((part) => part !== '').join('\n') : text;
      return this.take(
        { type: 'RecordProgress', data: { legId, text: told, basicallyComplete: null } },
        ...(because ? fields : fields.slice(0, 2)),
      );
    }
    if (this.isRefused(...fields)) return;
    const [remains, by] = [this.text('because'), this.day('remainsBy')];
    if (remains === '' || by === null) return this.refuseEach(fields, reason('needs-remains'));
    this.take({ type: 'RecordProgress', data: { legId, text, basicallyComplete: { remains, by } } }, ...fields);
  }

  judgeExtension(): void {
    if (!this.changed('extendTo')) return;
    const until = this.day('extendTo');
    const [because, progress] = [this.text('because'), this.text('progress')];
    if (because === '') return this.refuse('extendTo', reason('needs-because'));
    if (progress === '') return this.refuse('extendTo', reason('needs-progress'));
    if (until !== null)
      this.take({ type: 'AskExtension', data: { legId: this.known.legId, reason: because, progress, until } }, 'extendTo', 'because');
  }

  /** A report needs a day that can be, words, and evidence, which the command itself looks at. */
  judgeReport(): void {
    this.refuseEach(['because', 'remainsBy', 'extendTo'], reason('not-when-done'));
    this.refuseEach(['responsible', 'targetOn'], reason('not-when-done'));
    const { legId, deliveredOn, evidence } = this.known;
    const completedOn = this.day('completedOn');
    if (this.isRefused('completedOn')) return;
    if (completedOn === null) return this.refuse('completion', reason('needs-completed-on'));
    if (completedOn > this.today) return this.refuse('completedOn', reason('day-in-future'));
    if (completedOn < deliveredOn) return this.refuse('completedOn', reason('before-delivery', { day: deliveredOn }));
    const [text, measures] = [this.text('progress'), this.text('measures')];
    if (text === '') return this.refuse('completion', reason('needs-progress'));
    if (measures === '') return this.refuse('completion', reason('needs-measures'));
    const effect = this.text('effect') === '' ? text : this.text('effect');
    const fields = ['completion', 'completedOn', 'effect', 'measures', 'progress'] as const;
    this.take({ type: 'ReportLeg', data: { legId, text, measures, effect, completedOn, evidence } }, ...fields);
  }
}

/** Locked cells that were changed, and columns that take nothing: said, and without effect. */
const withoutEffect = (given: GivenRow, known: KnownLeg): readonly CellChange[] => [
  ...LEG_LOCKED_FIELDS.flatMap((field) => {
    const cell = given.locked[field];
    const before = known.locked[field];
    return cell === undefined || cell.text === before || field === 'version'
      ? []
      : [{ ...locked(cell, before, reason('locked-cell')), title: LEG_LOCKED[field].title }];
  }),
  ...given.others
    .filter(({ text }) => text !== '')
    .map((cell) => locked(cell, '', reason(saysClearance(cell.title) ? 'clearance-never-taken' : 'column-unknown'))),
];

/** Cell by cell what a row becomes. Nothing is decided here that the domain decides: its commands are tried afterwards. */
export const judgeRow = (given: GivenRow, known: KnownLeg, today: LocalDate): JudgedRow => {
  const row = new RowInHand(given, known, today);
  row.checkCells();
  if (known.guides) row.judgeGuiding();
  else if (row.isDone) row.judgeReport();
  else {
    row.refuseEach(['completedOn', 'effect'], reason('only-when-done'));
    row.judgePlan();
    row.judgeProgress();
    row.judgeExtension();
  }
  const items = new ItemVerdicts(known).judge(given.items);
  // Answers go first: a leg is not reported while an item is open.
  const cells = [...row.changes(), ...items.cells, ...withoutEffect(given, known)];
  return { cells, steps: cells.some(({ verdict }) => verdict === 'refused') ? [] : [...items.steps, ...row.steps] };
};
