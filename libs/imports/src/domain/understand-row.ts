import type { CategoryCode } from '@app/kernel';
import { clearedBefore, tellsOfClearance, type ClearedBefore } from './cleared-before';
import { STATUS_FIELDS, type Field } from './columns';
import { readDate, type DateContext } from './dates';
import type { Choices, DraftRow, PersonalNumber, Quoted, World } from './draft-row';
import type { Column } from './header';
import { remark, type Remark } from './remarks';
import { addressOf, plainText, type CellValue } from './sheet';
import { runningText, tidy } from './text';
import { understandPlace } from './understand-place';
import { understandUnits, type Written } from './understand-units';
import { mannerOf, natureOf, rectificationOf, seriousnessOf, subjectOf } from './words';

/** Longest text that a finding, a measure or a quotation may have. */
export const MAX_TEXT = 5_000;

/** One logical row: several sheet rows where number and problem are merged down. */
export type RowCells = Readonly<{ rows: readonly Readonly<{ number: number; cells: readonly CellValue[] }>[]; heading: string | null }>;
export type RowContext = Readonly<{ columns: readonly Column[]; dates: DateContext; world: World; choices: Choices }>;

type Cell = Readonly<{ value: CellValue; text: string; address: string; column: Column }>;

const UNREAD: ReadonlySet<Field> = new Set<Field>([
  'serial',
  'leader',
  'person',
  'phone',
  'assignedOn',
  'goal',
  'remark',
  'nature',
  'team',
  ...STATUS_FIELDS,
]);

class RowReader {
  readonly remarks: Remark[] = [];
  readonly personal: PersonalNumber[] = [];
  private readonly seen = new Set<string>();
  private readonly filled = new Map<Field | null, Cell[]>();

  constructor(
    private readonly row: RowCells,
    private readonly context: RowContext,
  ) {
    for (const column of context.columns) {
      const held = this.filled.get(column.field) ?? [];
      const texts = new Set<string>();
      for (const { number, cells } of row.rows) {
        const value = cells[column.index - 1] ?? null;
        const text = value === null ? '' : tidy(plainText(value));
        if (text === '' || texts.has(text)) continue;
        texts.add(text);
        held.push({ value, text, address: addressOf(number, column.index), column });
      }
      this.filled.set(column.field, held);
    }
  }

  get address(): string {
    return addressOf(this.row.rows[0]?.number ?? 1, 1);
  }
  /** Filled cells of a field over all columns and rows; equal texts (merged cells) once per column. */
  cells(field: Field | null): readonly Cell[] {
    return this.filled.get(field) ?? [];
  }
  first(field: Field): Cell | undefined {
    return this.cells(field)[0];
  }
  say(...args: Parameters<typeof remark>): void {
    this.remarks.push(remark(...args));
  }
  /** Text as it will be kept: error values refused, length limited, personal numbers replaced. */
  keep(cell: Cell): string {
    if (typeof cell.value === 'object' && cell.value !== null && 'error' in cell.value)
      this.say('cell-error', cell.address, { value: cell.text });
    const text = runningText(plainText(cell.value));
    if (text.length > MAX_TEXT) this.say('text-too-long', cell.address, { max: MAX_TEXT });
    const hidden = this.context.world.hidePersonalNumbers(text.slice(0, MAX_TEXT));
    if (hidden.kinds.length > 0 && !this.seen.has(cell.address)) {
      this.seen.add(cell.address);
      // The 联系电话 is somebody's who answers for the work, not the subject's.
      if (cell.column.field !== 'phone') this.personal.push(...hidden.numbers);
      this.say('personal-number', cell.address, { kinds: hidden.kinds.join('、'), masked: hidden.text.slice(0, 40) });
    }
    return hidden.text;
  }
  text(field: Field): string | null {
    const cells = this.cells(field);
    return cells.length === 0 ? null : cells.map((c) => this.keep(c)).join('\n');
  }
  written(field: Field): Written {
    return this.cells(field).map(({ text, address }) => ({ text, address }));
  }
  get holdsPersonalNumbers(): boolean {
    return this.seen.size > 0;
  }
}

const understandDue = (reader: RowReader, dates: DateContext): Pick<DraftRow, 'dueOn' | 'rectification'> & { quoted: Quoted[] } => {
  const cell = reader.first('due');
  if (cell === undefined) {
    reader.say('due-missing', reader.address);
    return { dueOn: null, rectification: null, quoted: [] };
  }
  const read = readDate(cell.value, dates);
  const value = cell.text.slice(0, 40);
  const asWritten = { title: cell.column.title, text: cell.text.slice(0, MAX_TEXT) };
  switch (read.kind) {
    case 'day':
      if (read.assumed === 'year') reader.say('year-assumed', cell.address, { day: read.day });
      if (read.assumed === 'reading') reader.say('date-assumed', cell.address, { value, day: read.day });
      if (read.day < dates.listDate) reader.say('due-before-list', cell.address, { day: read.day });
      return { dueOn: read.day, rectification: 'time-limited', quoted: read.assumed === null ? [] : [asWritten] };
    case 'immediate':
      reader.say('immediate-proposed', cell.address, { value });
      return { dueOn: null, rectification: 'immediate', quoted: [asWritten] };
    case 'staged':
      reader.say('staged-proposed', cell.address, { value });
      return { dueOn: null, rectification: 'staged', quoted: [asWritten] };
    case 'duration':
      reader.say('due-duration', cell.address, { value });
      return { dueOn: null, rectification: 'time-limited', quoted: [asWritten] };
    case 'none':
      return { dueOn: null, rectification: null, quoted: [] };
    case 'unreadable':
      reader.say('due-unreadable', cell.address, { value });
      return { dueOn: null, rectification: null, quoted: [asWritten] };
  }
};

const understandFoundOn = (reader: RowReader, dates: DateContext): DraftRow['foundOn'] => {
  const cell = reader.first('foundOn');
  if (cell === undefined) return null;
  const read = readDate(cell.value, dates);
  if (read.kind === 'day') {
    if (read.assumed === 'year') reader.say('year-assumed', cell.address, { day: read.day });
    if (read.assumed === 'reading') reader.say('date-assumed', cell.address, { value: cell.text.slice(0, 40), day: read.day });
    if (read.day > dates.listDate) reader.say('found-after-list', cell.address, { day: read.day });
    return read.day;
  }
  if (read.kind !== 'none') reader.say('date-unreadable', cell.address, { value: cell.text.slice(0, 40) });
  return null;
};

const understandCategory = (reader: RowReader, row: RowCells, { world, choices }: RowContext): CategoryCode | null => {
  const written = [reader.first('subcategory'), reader.first('category')].filter((c) => c !== undefined);
  const names = [
    ...written.map((c) => ({ name: c.text, address: c.address })),
    ...(row.heading === null ? [] : [{ name: row.heading, address: reader.address }]),
  ];
  for (const { name } of names) {
    const code = choices.categories[name] ?? world.categoriesByName(name)[0];
    if (code !== undefined) return code;
  }
  if (choices.defaultCategory !== null) return choices.defaultCategory;
  const [said] = names;
  if (said === undefined) reader.say('category-missing', reader.address);
  else reader.say('category-unknown', said.address, { name: said.name.slice(0, 40) }, world.nearestCategories(said.name));
  return null;
};

/** A word from a fixed set, with a warning when it is not one of them. */
const word = <T>(
  reader: RowReader,
  field: Field,
  read: (text: string) => T | undefined,
  unknown: 'severity-unknown' | 'kind-unknown' | null,
): T | null => {
  const cell = reader.first(field);
  if (cell === undefined) return null;
  const meaning = read(cell.text);
  if (meaning === undefined && unknown !== null) reader.say(unknown, cell.address, { value: cell.text.slice(0, 40) });
  return meaning ?? null;
};

/** Found once for all rows of a sheet. */
const clearanceColumns = new WeakMap<readonly Column[], readonly Column[]>();
const understandClearance = (reader: RowReader, { columns, dates }: RowContext): ClearedBefore | null => {
  const telling = clearanceColumns.get(columns) ?? columns.filter(tellsOfClearance);
  clearanceColumns.set(columns, telling);
  if (telling.length === 0) return null;
  const cells = telling.flatMap((column) =>
    reader
      .cells(column.field)
      .filter((cell) => cell.column === column)
      .map(({ value, text }) => ({ title: column.title, field: column.field, value, text })),
  );
  return clearedBefore(cells, dates);
};

/** A person's name in the running text is replaced as well: the subject is shown by its label only. */
const withoutName = (text: string, name: string | undefined): string => {
  const bareName = name?.replace(/户$/, '') ?? '';
  return bareName.length >= 2 ? text.replaceAll(bareName, `${bareName.charAt(0)}**`) : text;
};

export const understandRow = (row: RowCells, context: RowContext): DraftRow => {
  const reader = new RowReader(row, context);
  const { world, choices, dates, columns } = context;
  const text = reader.text('text');
  if (text === null) reader.say('text-missing', reader.address);
  const category = understandCategory(reader, row, context);
  const units = understandUnits(
    {
      lead: reader.written('lead'),
      responsible: reader.written('responsible'),
      assisting: reader.written('assisting'),
      owner: reader.written('owner'),
    },
    world,
    choices,
    reader.address,
  );
  const at = (field: Field): string => reader.first(field)?.text ?? '';
  const addressAt = (...fields: readonly Field[]): string =>
    fields.map((f) => reader.first(f)?.address).find((a) => a !== undefined) ?? reader.address;
  const place = understandPlace(
    {
      town: at('town'),
      village: at('village'),
      place: at('place'),
      address: addressAt('town', 'place'),
      villageAddress: addressAt('village', 'place'),
    },
    world,
    choices,
    units.towns,
  );
  const due = understandDue(reader, dates);
  const subjectCell = reader.first('subject');
  const subject = subjectCell === undefined ? null : subjectOf(reader.keep(subjectCell), subjectCell.column.title);
  const person = subject !== null && (subject.kind === 'household' || subject.kind === 'person') ? subject.name : undefined;
  const rectification = word(reader, 'kind', rectificationOf, 'kind-unknown') ?? due.rectification;
  const seriousness = word(reader, 'severity', seriousnessOf, 'severity-unknown') ?? 'ordinary';
  const cleared = understandClearance(reader, context);
  if (cleared !== null) reader.say('says-cleared', reader.address, { said: cleared.said.slice(0, 60) });
  const quoted = columns
    .filter((c) => c.title !== '' && (c.field === null || UNREAD.has(c.field)) && c.field !== 'serial')
    .flatMap((column) => {
      const cells = reader.cells(column.field).filter((c) => c.column === column);
      return cells.length === 0 ? [] : [{ title: column.title, text: cells.map((c) => withoutName(reader.keep(c), person)).join('\n') }];
    });
  // A town that leads nothing here is still where the problem is; a village names its town.
  const towns = place.towns.length > 0 && units.towns.length <= 1 ? place.towns : units.towns;
  const townIds = towns.length > 0 ? towns : choices.defaultTown === null ? [] : [choices.defaultTown];
  if (townIds.length === 0 && units.legs.length === 0 && !units.remarks.some((r) => r.level === 'error'))
    reader.say('place-missing', addressAt('town', 'place', 'responsible'));
  const numberCell = reader.first('number') ?? reader.first('serial');
  return {
    rows: row.rows.map((r) => r.number),
    number: numberCell?.text.slice(0, 100) ?? null,
    text: withoutName(text ?? '', person),
    category,
    subject,
    townIds: units.towns.length > 1 ? units.towns : townIds,
    villageId: place.villageId ?? units.villageId,
    placeText: place.text,
    source: reader.text('source'),
    batch: reader.text('batch'),
    foundOn: understandFoundOn(reader, dates),
    manner: word(reader, 'manner', mannerOf, null),
    team: reader.first('team')?.text ?? null,
    basis: reader.text('basis'),
    nature: word(reader, 'nature', natureOf, null),
    seriousness,
    rectification,
    measure: reader.text('measure'),
    dueOn: due.dueOn,
    legs: units.legs,
    assisting: units.assisting,
    projectOwnerId: units.projectOwnerId,
    quoted: [...due.quoted, ...quoted],
    confirmPersonal: reader.holdsPersonalNumbers,
    personal: reader.personal,
    remarks: [...reader.remarks, ...units.remarks, ...place.remarks],
  };
};
