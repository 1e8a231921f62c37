import type { CategoryCode, UnitId } from '@app/kernel';
import type { KnownUnit, UnitKind, World } from './draft-row';
import { likeness, tidy } from './text';

const unit = (id: string, name: string, kind: UnitKind, above?: string): KnownUnit => ({
  id: id as UnitId,
  name,
  kind,
  path: above === undefined ? (kind === 'county' ? id : `pd/${id}`) : `pd/${above}/${id}`,
  standsFor: (above ?? id) as UnitId,
});
export const UNITS: readonly KnownUnit[] = [
  unit('pd', '平度市', 'county'),
  unit('office', '督查办', 'office'),
  unit('town-dazeshan', '大泽山镇', 'town'),
  unit('town-jiudian', '旧店镇', 'town'),
  unit('town-liyuan', '李园街道', 'town'),
  unit('v-beichang', '北昌村', 'village', 'town-dazeshan'),
  unit('v-nanchang', '南昌村', 'village', 'town-dazeshan'),
  unit('v-dongguan', '东关村', 'village', 'town-dazeshan'),
  unit('v-dongguan-2', '东关村', 'village', 'town-jiudian'),
  unit('housing', '住建局', 'department'),
  unit('water', '水利局', 'department'),
  unit('civil', '民政局', 'department'),
  unit('planning', '规划和自然资源局', 'department'),
  unit('city-invest', '城投公司', 'company'),
];
const CATEGORIES: Readonly<Record<string, string>> = { 住房安全: 'housing', 饮水安全: 'water', 兜底保障: 'relief' };
const short = (text: string): string =>
  tidy(text)
    .replace(/\s/g, '')
    .replace(/^(平度市|市)(?=..)/, '')
    .replace(/(街道)?办事处$|街道办$/, '街道');

/** A county small enough to read: what the specs of this library ask about. */
export const SMALL_WORLD: World = {
  unit: (id) => UNITS.find((u) => u.id === id),
  unitsByName: (text, kind, within) => {
    const fits = (u: KnownUnit): boolean =>
      (kind === undefined || u.kind === kind) && (within === undefined || u.path.startsWith(`pd/${within}`));
    const exact = UNITS.filter((u) => fits(u) && u.name === short(text));
    const near = UNITS.filter((u) => fits(u) && likeness(u.name, short(text)) >= 0.4).sort(
      (a, b) => likeness(b.name, short(text)) - likeness(a.name, short(text)),
    );
    return { exact, near: exact.length > 0 ? [] : near.slice(0, 3) };
  },
  placeAtStart: (text, within) => {
    const starts = (name: string, at: string): boolean => at.startsWith(name);
    const town = UNITS.find((u) => u.kind === 'town' && starts(u.name, text));
    const rest = town ? text.slice(town.name.length) : text;
    const under = town?.id ?? within;
    const villages = UNITS.filter((u) => u.kind === 'village' && (under === undefined || u.standsFor === under) && starts(u.name, rest));
    return villages.length === 1 ? villages[0] : town;
  },
  categoriesByName: (text) => [CATEGORIES[tidy(text)]].filter((c) => c !== undefined) as CategoryCode[],
  nearestCategories: (text) => Object.keys(CATEGORIES).filter((name) => likeness(name, tidy(text)) >= 0.4),
  county: 'pd' as UnitId,
  hidePersonalNumbers: (text) => {
    const hidden = text.replace(/1[3-9]\d{9}/g, (n) => `${n.slice(0, 3)}****${n.slice(-4)}`);
    const numbers = [...text.matchAll(/1[3-9]\d{9}/g)].map(([value]) => ({ kind: 'phone' as const, value }));
    return { text: hidden, kinds: numbers.length === 0 ? [] : ['手机号'], numbers };
  },
};
