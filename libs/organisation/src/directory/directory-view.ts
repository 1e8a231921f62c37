import {
  localDateOf,
  type Actor,
  type CategoryCode,
  type Instant,
  type LocalDate,
  type PersonId,
  type PostId,
  type UnitId,
} from '@app/kernel';
import { holdsOn, isDepartmentLevel, isWithin, type Duty, type Line, type UnitKind } from '../domain/vocabulary';
import { rejectInDirectory } from './directory.errors';
import { NO_ROWS, type Category, type CategoryRule, type DirectoryRows, type Person, type Post, type Unit } from './directory.rows';
import { UnitFinder, type UnitMatch } from './unit-finder';
import { normalName } from './unit-names';

export type ProposedLeg = Readonly<{ unitId: UnitId; line: Line; duty: Duty; leads: boolean }>;
export type Proposal = Readonly<{
  legs: readonly ProposedLeg[];
  /** `housing.c-grade@2`: category and version of the table line that decided; null when no line is in force. */
  ruleVersion: string | null;
  /** Why there is one leg only (R3); null when there are two. */
  single: 'no-department' | 'no-town' | null;
}>;
export type PostOfPerson = Readonly<{ post: Post; inPlaceOf: PersonId | null; substitute: boolean }>;
export type ReceivingPost = Readonly<{ post: Post; personIds: readonly PersonId[] }>;

const groupBy = <T, K>(rows: readonly T[], keyOf: (row: T) => K): ReadonlyMap<K, readonly T[]> => {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
};

/** An unchanging picture of the organisation. Built once per change, then asked without I/O. */
export class DirectoryView {
  readonly position: bigint;
  private readonly units: ReadonlyMap<UnitId, Unit>;
  private readonly persons: ReadonlyMap<PersonId, Person>;
  private readonly posts: ReadonlyMap<PostId, Post>;
  private readonly finder: UnitFinder;
  private readonly holdingsByPerson: ReadonlyMap<PersonId, DirectoryRows['holdings']>;
  private readonly holdingsByPost: ReadonlyMap<PostId, DirectoryRows['holdings']>;
  private readonly substitutesByPerson: ReadonlyMap<PersonId, DirectoryRows['substitutes']>;
  private readonly substitutesByPost: ReadonlyMap<PostId, DirectoryRows['substitutes']>;
  private readonly secondmentsByPerson: ReadonlyMap<PersonId, DirectoryRows['secondments']>;
  private readonly categoriesByCode: ReadonlyMap<CategoryCode, Category>;
  private readonly rulesByCode: ReadonlyMap<CategoryCode, readonly CategoryRule[]>;
  private readonly successors: Readonly<Record<UnitId, UnitId>>;

  constructor(private readonly rows: DirectoryRows) {
    this.position = rows.position;
    this.units = new Map(rows.units.map((u) => [u.id, u]));
    this.persons = new Map(rows.persons.map((p) => [p.id, p]));
    this.posts = new Map(rows.posts.map((p) => [p.id, p]));
    this.holdingsByPerson = groupBy(rows.holdings, (h) => h.personId);
    this.holdingsByPost = groupBy(rows.holdings, (h) => h.postId);
    this.substitutesByPerson = groupBy(rows.substitutes, (s) => s.personId);
    this.substitutesByPost = groupBy(rows.substitutes, (s) => s.postId);
    this.secondmentsByPerson = groupBy(rows.secondments, (s) => s.personId);
    this.categoriesByCode = new Map(rows.categories.map((c) => [c.code, c]));
    this.rulesByCode = groupBy(rows.categoryRules, (r) => r.code);
    this.finder = new UnitFinder(rows.units, (u) => this.units.get(this.currentOf(u.id)) ?? u);
    this.successors = Object.fromEntries(rows.units.filter((u) => u.mergedInto !== null).map((u) => [u.id, this.currentOf(u.id)]));
  }

  /** Units and categories without anybody who works there: enough for a view of them in a thread. */
  withoutPeople(): DirectoryRows {
    const { position, units, categories, categoryRules } = this.rows;
    return { ...NO_ROWS, position, units, categories, categoryRules };
  }

  // ── units ──
  unit(id: UnitId): Unit | undefined {
    return this.units.get(id);
  }
  allUnits(): readonly Unit[] {
    return this.rows.units;
  }
  /** Rejects with `unit-unknown`. */
  pathOf(id: UnitId): string {
    return (this.units.get(id) ?? rejectInDirectory('unit-unknown', { unit: id })).path;
  }
  /** The unit itself and everything below it, ordered by path. */
  subtree(id: UnitId): readonly Unit[] {
    const above = this.units.get(id)?.path;
    if (above === undefined) return [];
    return this.rows.units.filter((u) => isWithin(u.path, above)).sort((a, b) => (a.path < b.path ? -1 : 1));
  }
  /** The town, department, office, team … that stands for this unit; rejects with `unit-unknown`. */
  departmentLevel(id: UnitId): UnitId {
    let unit = this.units.get(id) ?? rejectInDirectory('unit-unknown', { unit: id });
    while (!isDepartmentLevel(unit.kind) && unit.parentId !== null)
      unit = this.units.get(unit.parentId) ?? rejectInDirectory('unit-unknown', { unit: unit.parentId });
    return unit.id;
  }
  /** The department-level unit that stands for this one today, mergers at any level included. */
  standing(id: UnitId): UnitId {
    const seen = new Set<UnitId>();
    let unit = this.departmentLevel(this.currentOf(id));
    while (!seen.has(unit)) {
      seen.add(unit);
      unit = this.departmentLevel(this.currentOf(unit));
    }
    return unit;
  }
  /** Merged unit → the unit that stands in its place today (R14). Units that were not merged are absent. */
  succession(): Readonly<Record<UnitId, UnitId>> {
    return this.successors;
  }
  /** The unit that stands in this one's place today: itself unless merged. */
  currentOf(id: UnitId): UnitId {
    const seen = new Set<UnitId>();
    let current = id;
    for (
      let next = this.units.get(current)?.mergedInto;
      next !== undefined && next !== null && !seen.has(next);
      next = this.units.get(current)?.mergedInto
    ) {
      seen.add(next);
      current = next;
    }
    return current;
  }
  /** By name, short name or synonym, in any width and with or without the administrative ending; merged names lead to their successor. */
  unitsByName(text: string, kind?: UnitKind, within?: UnitId): UnitMatch {
    return this.finder.find(text, kind, within === undefined ? undefined : this.pathOf(within));
  }
  /** The office that runs the ledger (督查办); undefined before one is established. */
  managingOffice(): Unit | undefined {
    return this.rows.units.find((u) => u.kind === 'office' && u.status === 'active');
  }
  /** Units that may verify where the managing office itself is responsible (R9). */
  independentUnits(): readonly Unit[] {
    return this.rows.units.filter((u) => u.kind === 'independent' && u.status === 'active');
  }

  // ── people and posts ──
  person(id: PersonId): Person | undefined {
    return this.persons.get(id);
  }
  allPersons(): readonly Person[] {
    return this.rows.persons;
  }
  post(id: PostId): Post | undefined {
    return this.posts.get(id);
  }
  allPosts(): readonly Post[] {
    return this.rows.posts;
  }
  /** Everybody who held the post or will, in order; also B 角. */
  tenuresOf(postId: PostId): Readonly<{ holdings: DirectoryRows['holdings']; substitutes: DirectoryRows['substitutes'] }> {
    return { holdings: this.holdingsByPost.get(postId) ?? [], substitutes: this.substitutesByPost.get(postId) ?? [] };
  }
  secondmentsOf(personId: PersonId): DirectoryRows['secondments'] {
    return this.secondmentsByPerson.get(personId) ?? [];
  }
  /** Towns that a leader answered for, answers for or will. */
  chargesOf(personId: PersonId): DirectoryRows['responsibilities'] {
    return this.rows.responsibilities.filter((charge) => charge.personId === personId);
  }
  holdersOf(postId: PostId, on: LocalDate): readonly PersonId[] {
    return (this.holdingsByPost.get(postId) ?? []).filter((h) => holdsOn(h, on)).map((h) => h.personId);
  }
  substitutesOf(postId: PostId, on: LocalDate): readonly PersonId[] {
    return (this.substitutesByPost.get(postId) ?? []).filter((s) => holdsOn(s, on)).map((s) => s.personId);
  }
  /** Own posts first, oldest first, then those the person stands in for. */
  postsOf(personId: PersonId, on: LocalDate): readonly PostOfPerson[] {
    const open = (postId: PostId): readonly Post[] => {
      const post = this.posts.get(postId);
      return post !== undefined && (post.closedAfter === null || on <= post.closedAfter) ? [post] : [];
    };
    const byStart = (a: { from: LocalDate; postId: PostId }, b: { from: LocalDate; postId: PostId }): number =>
      `${a.from} ${a.postId}` < `${b.from} ${b.postId}` ? -1 : 1;
    const own = (this.holdingsByPerson.get(personId) ?? []).filter((h) => holdsOn(h, on)).sort(byStart);
    const filledIn = (this.substitutesByPerson.get(personId) ?? []).filter((s) => holdsOn(s, on)).sort(byStart);
    return [
      ...own.flatMap((h) => open(h.postId).map((post) => ({ post, inPlaceOf: null, substitute: false }))),
      ...filledIn
        .filter((s) => !own.some((h) => h.postId === s.postId))
        .flatMap((s) => open(s.postId).map((post) => ({ post, inPlaceOf: this.holdersOf(s.postId, on)[0] ?? null, substitute: true }))),
    ];
  }
  /**
   * Who this person is when acting now. Without `postId` the oldest own post is taken, else the first one filled in for.
   * `inPlaceOf` (乙代甲) is set when the person acts as a substitute. Rejects: `no-current-post`, `post-not-yours`.
   */
  actorFor(personId: PersonId, postId: PostId | undefined, now: Instant, options: { inPlaceOf?: PersonId } = {}): Actor {
    const on = localDateOf(now);
    const posts = this.postsOf(personId, on);
    const fits = (p: PostOfPerson): boolean =>
      (postId === undefined || p.post.id === postId) && (options.inPlaceOf === undefined || p.inPlaceOf === options.inPlaceOf);
    const chosen = posts.find(fits) ?? rejectInDirectory(posts.length === 0 ? 'no-current-post' : 'post-not-yours');
    const unitId = this.standing(chosen.post.unitId);
    return {
      personId,
      unitId,
      postId: chosen.post.id,
      roles: chosen.post.roles,
      inPlaceOf: chosen.inPlaceOf,
      ownUnits: [...new Set([unitId, ...this.standingFor(unitId), ...this.ownUnits(personId, on)])],
    };
  }
  /** For avoidance (R9): units of all posts held ∪ seconding units ∪ their successors, at department level. Posts filled in for are not membership. */
  ownUnits(personId: PersonId, on: LocalDate): readonly UnitId[] {
    const held = this.postsOf(personId, on).flatMap((p) => (p.substitute ? [] : [p.post.unitId]));
    const seconded = (this.secondmentsByPerson.get(personId) ?? []).filter((s) => holdsOn(s, on)).flatMap((s) => [s.fromUnit, s.toUnit]);
    const direct = [...held, ...seconded];
    const own = new Set(direct.flatMap((id) => this.standingFor(id)));
    // A set grows while it is walked: the successor of a unit may itself be part of one that was merged.
    for (const id of own) for (const next of this.standingFor(this.currentOf(id))) own.add(next);
    return [...own];
  }
  /** The department-level unit and those it is part of, below the county: a team of the office belongs to the office. */
  private standingFor(id: UnitId): readonly UnitId[] {
    const units: UnitId[] = [];
    for (let unit = this.units.get(id); unit !== undefined; unit = unit.parentId === null ? undefined : this.units.get(unit.parentId)) {
      if (isDepartmentLevel(unit.kind) && (unit.kind !== 'county' || units.length === 0)) units.push(unit.id);
    }
    return units;
  }
  /** Posts of a unit or below it that may sign for deliveries (R17), with who fills them on that day. */
  receivingPosts(unitId: UnitId, on: LocalDate): readonly ReceivingPost[] {
    const above = this.units.get(unitId)?.path;
    if (above === undefined) return [];
    return this.rows.posts
      .filter(
        (p) =>
          p.receives &&
          (p.closedAfter === null || on <= p.closedAfter) &&
          isWithin(this.units.get(this.currentOf(p.unitId))?.path ?? '', above),
      )
      .map((post) => ({ post, personIds: [...new Set([...this.holdersOf(post.id, on), ...this.substitutesOf(post.id, on)])] }));
  }
  /** Towns a leader answers for on that day (包镇), as they stand today. */
  townsOf(leader: PersonId, on: LocalDate): readonly UnitId[] {
    const given = this.rows.responsibilities.filter((r) => r.personId === leader && holdsOn(r, on));
    return [...new Set(given.map((r) => this.currentOf(r.unitId)))];
  }
  leadersOf(townId: UnitId, on: LocalDate): readonly PersonId[] {
    return [
      ...new Set(this.rows.responsibilities.filter((r) => this.currentOf(r.unitId) === townId && holdsOn(r, on)).map((r) => r.personId)),
    ];
  }

  // ── categories ──
  category(code: CategoryCode): Category | undefined {
    return this.categoriesByCode.get(code);
  }
  allCategories(): readonly Category[] {
    return this.rows.categories;
  }
  /** The category as it is open for new findings on that day; undefined when unknown or retired. */
  categoryOf(code: CategoryCode, on: LocalDate): Category | undefined {
    const category = this.categoriesByCode.get(code);
    return category === undefined || (category.retiredAfter !== null && on > category.retiredAfter) ? undefined : category;
  }
  categoriesByName(text: string): readonly Category[] {
    const name = normalName(text);
    return this.rows.categories.filter((c) => normalName(c.name) === name || c.code === name);
  }
  /** Every dated line of the table that was set for the category itself, oldest first. */
  linesOf(code: CategoryCode): readonly CategoryRule[] {
    return this.rulesByCode.get(code) ?? [];
  }
  /** The line in force on that day, the category's own or the nearest one above it. */
  ruleFor(code: CategoryCode, on: LocalDate): CategoryRule | undefined {
    const seen = new Set<CategoryCode>();
    for (let at: CategoryCode | null = code; at !== null && !seen.has(at); at = this.categoriesByCode.get(at)?.parent ?? null) {
      seen.add(at);
      const inForce = (this.rulesByCode.get(at) ?? []).filter((r) => holdsOn(r, on)).sort((a, b) => b.version - a.version)[0];
      if (inForce !== undefined) return inForce;
    }
    return undefined;
  }
  /** What the table proposes for a transfer (R1–R3). `townId` null: no town is responsible. Rejects with `category-unknown`. */
  proposal(code: CategoryCode, townId: UnitId | null, on: LocalDate): Proposal {
    if (!this.categoriesByCode.has(code)) rejectInDirectory('category-unknown', { category: code });
    const rule = this.ruleFor(code, on);
    const ruleVersion = rule === undefined ? null : `${rule.code}@${String(rule.version)}`;
    const town = townId === null ? null : this.standing(townId);
    const department = rule?.unitId === undefined || rule.unitId === null ? null : this.standing(rule.unitId);
    if (town === null && department === null) return { legs: [], ruleVersion, single: 'no-department' };
    if (town === null)
      return { legs: [{ unitId: department as UnitId, line: 'sectoral', duty: 'acts', leads: true }], ruleVersion, single: 'no-town' };
    if (rule === undefined || department === null || department === town)
      return { legs: [{ unitId: town, line: 'territorial', duty: 'acts', leads: true }], ruleVersion, single: 'no-department' };
    return {
      legs: [
        { unitId: town, line: 'territorial', duty: 'acts', leads: rule.leads === 'territorial' },
        { unitId: department, line: 'sectoral', duty: rule.duty, leads: rule.leads === 'sectoral' },
      ],
      ruleVersion,
      single: null,
    };
  }
}
