import type { RecordedEvent } from '@app/event-store';
import type { LocalDate, UnitId } from '@app/kernel';
import { localDateOf } from '@app/kernel';
import { UnitBook, type KnownUnit } from '../finding-list/unit-book';
import { isUnitTold, type UnitTold } from '../finding-list/unit.rows';

type Version = Readonly<{ since: number; unit: KnownUnit; kind: string; today: UnitId; revision: number }>;

/** As the tables `finding_unit` and `figure_unit` hold it. */
export type UnitRow = Readonly<{ unit_id: UnitId; name: string; kind: string; path: string; today_id: UnitId; revision: number }>;
/** Units that stand under another from this event on. */
export type Merger = Readonly<{ chapter: number; units: ReadonlySet<UnitId>; recordedOn: LocalDate; on: LocalDate }>;

/**
 * The units at every point of the log. A chapter begins with each event of a unit: between two of them nothing about units
 * changes. Chapter 0 is before the first.
 */
export class UnitChronicle {
  readonly mergers: Merger[] = [];
  private readonly positions: bigint[] = [];
  private readonly versions = new Map<UnitId, Version[]>();
  private readonly offices: (KnownUnit | null)[] = [null];
  private readonly books = new Map<number, UnitBook>();

  /** Events of units in the order of the log; others are passed over. */
  constructor(events: readonly RecordedEvent[]) {
    for (const event of events) {
      if (!isUnitTold(event)) continue;
      this.positions.push(event.position);
      this.take(event, Number(event.revision), event);
      this.offices.push(this.office());
    }
  }

  get last(): number {
    return this.positions.length;
  }

  /** The chapter in which an event at this position is told. */
  at(position: bigint): number {
    const { positions } = this;
    let [low, high] = [0, positions.length];
    // Nearly all findings are filed after the units were set up.
    if ((positions.at(-1) ?? 0n) < position) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((positions[middle] ?? 0n) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  book(chapter: number): UnitBook {
    const known = this.books.get(chapter);
    if (known !== undefined) return known;
    const made = new UnitBook(
      { get: (id) => this.version(id, chapter)?.unit },
      { get: (id) => this.version(id, chapter)?.today },
      this.offices[chapter] ?? null,
    );
    this.books.set(chapter, made);
    return made;
  }

  readonly today = (chapter: number, id: UnitId): UnitId => this.version(id, chapter)?.today ?? id;

  rows(): readonly UnitRow[] {
    return [...this.versions.values()].flatMap((versions) => {
      const version = versions.at(-1);
      if (version === undefined) return [];
      const { unit, kind, today, revision } = version;
      return [{ unit_id: unit.id, name: unit.name, kind, path: unit.path, today_id: today, revision }];
    });
  }

  private version(id: UnitId, chapter: number): Version | undefined {
    const versions = this.versions.get(id);
    if (versions === undefined) return undefined;
    for (let i = versions.length - 1; i >= 0; i -= 1) {
      const version = versions[i];
      if (version !== undefined && version.since <= chapter) return version;
    }
    return undefined;
  }

  private take(told: UnitTold, revision: number, { metadata }: RecordedEvent): void {
    const { unitId } = told.data;
    const known = this.latest(unitId);
    switch (told.type) {
      case 'UnitEstablished': {
        const { name, kind, path } = told.data;
        if (known === undefined) this.set({ unit: { id: unitId, name, path }, kind, today: unitId, revision });
        return;
      }
      case 'UnitRenamed':
        if (known !== undefined) this.set({ ...known, unit: { ...known.unit, name: told.data.name }, revision });
        return;
      case 'UnitMoved': {
        const { path, formerPath } = told.data;
        if (known === undefined) return;
        this.set({ ...known, unit: { ...known.unit, path }, revision });
        for (const below of this.all()) {
          if (!below.unit.path.startsWith(`${formerPath}/`)) continue;
          this.set({ ...below, unit: { ...below.unit, path: `${path}${below.unit.path.slice(formerPath.length)}` } });
        }
        return;
      }
      case 'UnitMerged': {
        if (known === undefined) return;
        this.set({ ...known, revision });
        const into = this.latest(told.data.into)?.today ?? told.data.into;
        const over = this.all().filter(({ today }) => today === unitId);
        for (const unit of over) this.set({ ...unit, today: into });
        const units = new Set(over.map(({ unit }) => unit.id));
        this.mergers.push({ chapter: this.last, units, recordedOn: localDateOf(metadata.recordedAt), on: metadata.businessDate });
        return;
      }
    }
  }

  private latest(id: UnitId): Version | undefined {
    return this.versions.get(id)?.at(-1);
  }

  private all(): readonly Version[] {
    return [...this.versions.values()].flatMap((versions) => versions.at(-1) ?? []);
  }

  private set(version: Omit<Version, 'since'>): void {
    const versions = this.versions.get(version.unit.id) ?? [];
    versions.push({ ...version, since: this.last });
    this.versions.set(version.unit.id, versions);
  }

  private office(): KnownUnit | null {
    const offices = this.all().filter(({ kind, unit, today }) => kind === 'office' && today === unit.id);
    return offices.sort((a, b) => (a.unit.id < b.unit.id ? -1 : 1))[0]?.unit ?? null;
  }
}
