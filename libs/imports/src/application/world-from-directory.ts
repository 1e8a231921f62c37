import type { LocalDate, UnitId } from '@app/kernel';
import type { DirectoryView } from '../../../organisation/src/plain';
import { detectPersonal, redact, type PersonalKind } from '../../../privacy/src/plain';
import type { KnownUnit, PersonalNumber, UnitMatch, World } from '../domain/draft-row';
import { likeness, tidy } from '../domain/text';

const KIND = {
  'id-number': { said: '身份证号', kind: 'idNumber' },
  phone: { said: '手机号', kind: 'phone' },
  'bank-card': { said: '银行卡号', kind: 'bankCard' },
} as const satisfies Record<PersonalKind, { said: string; kind: PersonalNumber['kind'] }>;

const hidePersonalNumbers: World['hidePersonalNumbers'] = (text) => {
  const found = detectPersonal(text);
  if (found.length === 0) return { text, kinds: [], numbers: [] };
  return {
    text: redact(text),
    kinds: [...new Set(found.map((f) => KIND[f.kind].said))],
    numbers: found.map((f) => ({ kind: KIND[f.kind].kind, value: text.slice(f.start, f.end) })),
  };
};

/** `水利局` and `平度市水利局` are how sheets write the 市水利局, and the other way round. */
const otherForms = (text: string, roots: readonly string[]): readonly string[] => {
  const name = tidy(text).replace(/\s/g, '');
  const root = roots.find((r) => name.startsWith(r) && name.length > r.length + 1);
  const own = root === undefined ? name : name.slice(root.length);
  const bare = /^[市县区]/.test(own) ? own.slice(1) : own;
  return bare.length < 2 ? [] : [own, bare, ...['市', '县', '区'].map((level) => level + bare)].filter((form) => form !== text);
};

/** The organisation as the reader of a sheet asks about it, on the day of the list. Answers are remembered: sheets repeat themselves. */
export const worldOf = (view: DirectoryView, on: LocalDate): World => {
  const known = new Map<UnitId, KnownUnit>(
    view.allUnits().map((u) => [u.id, { id: u.id, name: u.name, kind: u.kind, path: u.path, standsFor: view.departmentLevel(u.id) }]),
  );
  const asKnown = (units: readonly { id: UnitId }[]): readonly KnownUnit[] => units.flatMap((u) => known.get(u.id) ?? []);
  const matches = new Map<string, UnitMatch>();
  const places = view
    .allUnits()
    .filter((u) => u.status === 'active' && (u.kind === 'town' || u.kind === 'village'))
    .flatMap((u) => [u.name, ...u.synonyms].map((name) => ({ name: tidy(name).replace(/\s/g, ''), unit: known.get(u.id) })))
    .filter((p) => p.name.length >= 2)
    .sort((a, b) => b.name.length - a.name.length);
  const towns = places.filter((p) => p.unit?.kind === 'town');
  const villages = places.filter((p) => p.unit?.kind === 'village');
  const roots = view
    .allUnits()
    .filter((u) => u.kind === 'county')
    .flatMap((u) => [u.name, ...u.synonyms]);
  const categories = view.allCategories().filter((c) => view.categoryOf(c.code, on) !== undefined);
  return {
    unit: (id) => known.get(id),
    unitsByName: (text, kind, within) => {
      const key = `${kind ?? ''}|${within ?? ''}|${text}`;
      const remembered = matches.get(key);
      if (remembered !== undefined) return remembered;
      const found = [text, ...otherForms(text, roots)].map((form) => view.unitsByName(form, kind, within));
      const exact = found.find((match) => match.exact.length > 0)?.exact ?? [];
      const near = [...new Set(found.flatMap((match) => match.near))]
        .sort((a, b) => likeness(b.name, text) - likeness(a.name, text))
        .slice(0, 5);
      const match = { exact: asKnown(exact), near: exact.length > 0 ? [] : asKnown(near) };
      matches.set(key, match);
      return match;
    },
    placeAtStart: (text, within) => {
      let rest = tidy(text).replace(/\s/g, '');
      const root = roots.find((name) => rest.startsWith(name) && rest.length > name.length);
      if (root !== undefined) rest = rest.slice(root.length);
      const town = towns.find((t) => rest.startsWith(t.name));
      const under = town?.unit?.id ?? within;
      const after = town === undefined ? rest : rest.slice(town.name.length);
      const found = villages.filter((v) => after.startsWith(v.name) && (under === undefined || v.unit?.standsFor === under));
      const longest = found.filter((v) => v.name.length === found[0]?.name.length);
      return new Set(longest.map((v) => v.unit?.id)).size === 1 ? longest[0]?.unit : town?.unit;
    },
    categoriesByName: (text) =>
      view
        .categoriesByName(text)
        .filter((c) => categories.includes(c))
        .map((c) => c.code),
    nearestCategories: (text) =>
      categories
        .map((c) => ({ name: c.name, score: likeness(c.name, tidy(text)) }))
        .filter((c) => c.score >= 0.34)
        .sort((a, b) => b.score - a.score)
        .slice(0, 5)
        .map((c) => c.name),
    county: (view.allUnits().find((u) => u.kind === 'county') ?? view.allUnits().find((u) => u.parentId === null))?.id ?? ('' as UnitId),
    hidePersonalNumbers,
  };
};
