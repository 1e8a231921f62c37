import type { Instant } from '@app/kernel';
import type { FindingKind, FindingStage, FindingStatus, Seriousness, SourceKind } from '../../domain/finding.types';
import { normalText } from '../search/bigrams';
import { searchQuery } from '../search/search-text';
import { NEVER } from './finding-list.row';
import { type Conditions } from './sql-parts';
import type { VisibilityScope } from './visibility';

/** What a list of findings is narrowed to. Every part is optional; several parts hold together. */
export type FindingFilter = Readonly<{
  /** Subtree: findings in which the unit or one below it has a part. A path, `pd/town-a`. */
  unitPath?: string | undefined;
  townId?: string | undefined;
  departmentId?: string | undefined;
  teamId?: string | undefined;
  villageId?: string | undefined;
  category?: readonly string[] | undefined;
  source?: SourceKind | undefined;
  listId?: string | undefined;
  kind?: FindingKind | undefined;
  seriousness?: Seriousness | undefined;
  status?: readonly FindingStatus[] | undefined;
  stage?: readonly FindingStage[] | undefined;
  flag?: string | undefined;
  parentId?: string | undefined;
  overdue?: boolean | undefined;
  /** Of the due time, both included, `2020-07-06T…Z`. */
  dueFrom?: Instant | undefined;
  dueTo?: Instant | undefined;
  filedFrom?: Instant | undefined;
  filedTo?: Instant | undefined;
  /** Two characters or more; shorter is refused at the edge. */
  text?: string | undefined;
}>;

export const addScope = (where: Conditions, scope: VisibilityScope): void => {
  if (scope.all) return;
  const ways = [
    ...(scope.paths.length === 0 ? [] : [`reader_paths && ${where.param(scope.paths)}::text[]`]),
    ...(scope.leaderPaths.length === 0 ? [] : [`leader_paths && ${where.param(scope.leaderPaths)}::text[]`]),
  ];
  where.add(ways.length === 0 ? 'false' : ways.join(' or '));
};

/** A whole number, which every row has most of: only the finding that bears it is meant. */
const NUMBER = /^ql-\d{4}-\d{6,}$/;

/**
 * A text two ways, which select the same: `indexed` finds it by its pairs of characters, for what few rows hold; `walked` says the
 * same of a row that is read anyhow, for what is found soon in the order of the page.
 */
export type TextClause = Readonly<{ indexed: string; walked: string }>;

export const textClause = (where: Conditions, text: string): TextClause => {
  const normal = normalText(text);
  if (NUMBER.test(normal)) {
    const one = `number = ${where.param(normal.toUpperCase())}`;
    return { indexed: one, walked: one };
  }
  const asked = searchQuery(text);
  if (asked === null) return { indexed: 'false', walked: 'false' };
  const plain = where.param(asked.plain);
  const hit = (column: string, { grams, like }: Readonly<{ grams: readonly string[]; like: string }>): TextClause => ({
    indexed: `(grams @> ${where.param(grams)}::text[] and ${column} like ${where.param(like)})`,
    walked: `strpos(${column}, ${plain}) > 0`,
  });
  const ways = [hit('haystack', asked.text), ...(asked.initials === null ? [] : [hit('initials', asked.initials)])];
  return { indexed: ways.map(({ indexed }) => indexed).join(' or '), walked: ways.map(({ walked }) => walked).join(' or ') };
};

export const addFilter = (where: Conditions, filter: FindingFilter, now: Instant): void => {
  const equal = (column: string, value: string | undefined): void => {
    if (value !== undefined) where.add(`${column} = ${where.param(value)}`);
  };
  const oneOf = (column: string, values: readonly string[] | undefined): void => {
    if (values !== undefined && values.length > 0) where.add(`${column} = any(${where.param(values)}::text[])`);
  };
  const from = (column: string, value: string | undefined): void => {
    if (value !== undefined) where.add(`${column} >= ${where.param(value)}`);
  };
  const to = (column: string, value: string | undefined): void => {
    if (value !== undefined) where.add(`${column} <= ${where.param(value)}`);
  };
  if (filter.unitPath !== undefined) where.add(`unit_paths && array[${where.param(filter.unitPath)}]`);
  equal('town_id', filter.townId);
  equal('department_id', filter.departmentId);
  equal('team_id', filter.teamId);
  equal('village_id', filter.villageId);
  oneOf('category', filter.category);
  equal('source_kind', filter.source);
  equal('list_id', filter.listId);
  equal('kind', filter.kind);
  equal('seriousness', filter.seriousness);
  oneOf('status', filter.status);
  oneOf('stage', filter.stage);
  equal('parent_id', filter.parentId);
  if (filter.flag !== undefined) where.add(`flags @> array[${where.param(filter.flag)}]`);
  // Computed from the due time, never from the knock.
  // What has no due time sorts last, behind every moment that can be asked for: the order of the page, which its indexes have, says it all.
  if (filter.overdue === true) where.add(`due_sort < ${where.param(now)}`);
  if (filter.overdue === false) where.add(`due_sort >= ${where.param(now)}`);
  if (filter.dueFrom !== undefined || filter.dueTo !== undefined) where.add(`due_sort < '${NEVER}'`);
  from('due_sort', filter.dueFrom);
  to('due_sort', filter.dueTo);
  from('filed_at', filter.filedFrom);
  to('filed_at', filter.filedTo);
  if (filter.text !== undefined) where.add(textClause(where, filter.text).indexed);
};

export type Counter = Readonly<{ dimension: string; key: string }>;

/** The counter that gives the exact total, when the filter is by one dimension beside status and stage; null when none does. */
export const counterFor = (scope: VisibilityScope, filter: FindingFilter): Counter | null => {
  const { status: _status, stage: _stage, ...rest } = filter;
  const asked = Object.entries(rest).filter(([, value]) => value !== undefined);
  if (!scope.all) {
    const [path, ...more] = scope.paths;
    return asked.length === 0 && path !== undefined && more.length === 0 && scope.leaderPaths.length === 0
      ? { dimension: 'reader', key: path }
      : null;
  }
  const [first, ...others] = asked;
  if (first === undefined) return { dimension: 'all', key: '' };
  const [name, value] = first;
  const dimension = COUNTED[name];
  const key = Array.isArray(value) ? (value.length === 1 ? String(value[0]) : undefined) : typeof value === 'string' ? value : undefined;
  return others.length > 0 || dimension === undefined || key === undefined ? null : { dimension, key };
};
const COUNTED: Readonly<Record<string, string>> = {
  unitPath: 'unit',
  townId: 'town',
  departmentId: 'department',
  teamId: 'team',
  category: 'category',
  source: 'source',
  listId: 'list',
};
