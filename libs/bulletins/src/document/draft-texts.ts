import { shownPercent } from '@app/findings';
import type { BulletinContent, BulletinTexts, FrozenRow, FrozenScope, Share } from '../domain/bulletin.types';
import { dayText } from './words';

type Untold = Omit<BulletinContent, 'texts'>;
const MOST_NAMED = 5;

export const tableOf = ({ figures }: Pick<BulletinContent, 'figures'>, scope: FrozenScope): readonly FrozenRow[] =>
  figures.tables.find((table) => table.scope === scope)?.rows ?? [];
const n = (row: FrozenRow | undefined, figure: string): number => row?.figures[figure] ?? 0;

/** `12/30（40.0%）`; below ten the counts alone (R36). */
const shareText = (share: Share): string => {
  const percent = shownPercent(share);
  return percent === null
    ? `${String(share.numerator)}/${String(share.denominator)}`
    : `${String(share.numerator)}/${String(share.denominator)}（${percent}%）`;
};

const named = (rows: readonly FrozenRow[], figure: string, unit: string): string =>
  [...rows]
    .filter((row) => n(row, figure) > 0)
    .sort((a, b) => n(b, figure) - n(a, figure) || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_NAMED)
    .map((row) => `${row.name}${String(n(row, figure))}${unit}`)
    .join('、');

const unitsText = (what: string, rows: readonly FrozenRow[]): string => {
  const [done, open, overdue] = ['passed', 'open', 'overdue'].map((figure) => rows.reduce((sum, row) => sum + n(row, figure), 0));
  const late = named(rows, 'overdue', '条');
  return [
    `${what}整改通过${String(done)}条，未通过${String(open)}条，其中超期${String(overdue)}条。`,
    late === '' ? '' : `超期的有：${late}。`,
  ].join('');
};

/** What the figures say by themselves, for the person who drafts to change. No unit is placed before another (R41). */
export const draftTexts = (of: Untold): BulletinTexts => {
  const county = tableOf(of, 'county')[0];
  const { from, to } = of.period;
  const clearance = county?.rates['clearance'] ?? { numerator: 0, denominator: 0 };
  const lost = tableOf(of, 'list').flatMap(({ name, zeros }) =>
    zeros.flatMap(({ lost: day }) => (day === null ? [] : [`${name}（${dayText(day)}）`])),
  );
  // In no clearance numerator (R25): without it the three numbers would not add up.
  const longTerm = n(county, 'longTerm');
  const categories = named(tableOf(of, 'category'), 'found', '件');
  return {
    overall: [
      `截至${dayText(to)}，共发现问题${String(n(county, 'found'))}件，应销号${String(n(county, 'toClear'))}件，`,
      `已销号${String(n(county, 'cleared'))}件，${longTerm === 0 ? '' : `转长效${String(longTerm)}件，`}未销号${String(n(county, 'open'))}件。`,
      `销号率${shareText(clearance)}。`,
      `${dayText(from)}至${dayText(to)}，期内应结${String(n(county, 'due'))}件，结案${String(n(county, 'closed'))}件，`,
      `按期结案${String(n(county, 'closedOnTime'))}件；期初结转超期${String(n(county, 'carriedOverAtStart'))}件，`,
      `现仍未结${String(n(county, 'carriedOver'))}件。`,
    ].join(''),
    towns: unitsText('镇街', tableOf(of, 'town')),
    departments: unitsText('部门', tableOf(of, 'department')),
    problems: [
      categories === '' ? '' : `问题较多的类别：${categories}。`,
      n(county, 'relapses') === 0 ? '' : `反弹${String(n(county, 'relapses'))}件。`,
      lost.length === 0 ? '' : `失去清零的清单：${lost.join('、')}。`,
      n(county, 'overdue') === 0 ? '没有超期的问题。' : `超期未销号${String(n(county, 'overdue'))}件。`,
    ].join(''),
    next: '各责任单位要对照清单，按时限完成整改；超期的要说明原因、明确完成时间。',
  };
};
