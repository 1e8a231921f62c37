import type { FindingIntent, Item, LegPlan, Subject } from '@app/findings';
import { idFrom, type FindingId, type ItemId, type LocalDate, type SubjectId } from '@app/kernel';
import { maskName, type Sealer } from '@app/privacy';
import { NAMED_IN_THE_DOCUMENTS, personName } from '../kit/names';
import type { Random } from '../kit/random';
import { CATEGORIES, department } from './departments';
import { KINDS, type Kind } from './kinds';
import { leg, S, T } from './life';
import { team, teamOf } from './organisation';
import type { Town, Village } from './places';

/** One finding before anything happened to it. */
export type Case = Readonly<{
  n: number;
  id: FindingId;
  kind: Kind;
  town: Town;
  village: Village;
  team: number;
  serious: boolean;
  text: string;
  /** Names of those concerned; the first is the subject where there are no items. */
  names: readonly string[];
  items: number;
}>;

const share = (total: number, parts: number, i: number): number => Math.floor(total / parts) + (i < total % parts ? 1 : 0);

export const casesOf = (random: Random, towns: readonly Town[]): readonly Case[] => {
  const withTask = towns.filter((town) => town.withTask);
  let n = 0;
  return KINDS.flatMap((kind, k) =>
    Array.from({ length: kind.count }, (_, i): Case => {
      n += 1;
      const town = withTask[(i * 5 + k * 3) % withTask.length] ?? random.pick(withTask);
      const village = random.pick(town.villages);
      const items = share(kind.items, kind.count, i);
      const concerned = Math.max(1, items);
      return {
        n,
        id: idFrom('pingdu', 'finding', n) as FindingId,
        kind,
        town,
        village,
        team: teamOf(towns, town),
        serious: random.next() * 10 < kind.serious,
        text: kind.text(items > 0 ? town.name : `${town.name}${village.name}`, items),
        names: Array.from({ length: concerned }, () => personName(random, NAMED_IN_THE_DOCUMENTS)),
        items,
      };
    }),
  );
};

/** What the category's rule proposes for this case (R1). */
export const legsFor = ({ kind, town }: Pick<Case, 'kind' | 'town'>): readonly LegPlan[] => {
  const rule = CATEGORIES.find((category) => category.code === kind.category);
  if (rule === undefined || rule.department === null) return [leg(T, town.id, { leads: true })];
  return [
    leg(T, town.id, { leads: rule.leads === 'territorial' }),
    leg(S, department(rule.department), { duty: rule.duty, leads: rule.leads === 'sectoral' }),
  ];
};

const isPersonal = (kind: Subject['kind']): boolean => kind === 'household' || kind === 'person';

const sealedSubject = (kind: Kind, name: string, subjectId: SubjectId, sealed: string): Subject => ({
  kind: kind.subject,
  subjectId,
  label: maskName(name),
  sealed,
  sensitive: kind.sensitive ?? false,
});

export const subjectOf = async (sealer: Sealer, { kind, n, names, village, town, items }: Case): Promise<Subject> => {
  const plain = (label: string): Subject => ({
    kind: kind.subject,
    subjectId: null,
    label,
    sealed: null,
    sensitive: kind.sensitive ?? false,
  });
  if (!isPersonal(kind.subject))
    return plain(kind.subject === 'village' ? village.name : `${village.name}${kind.subject === 'project' ? '产业项目' : ''}`);
  if (items > 0) return plain(`${town.name}${String(items)}${kind.subject === 'household' ? '户' : '人'}`);
  const name = names[0] ?? '户主';
  const subjectId = idFrom('pingdu', 'subject', n, 0) as SubjectId;
  return sealedSubject(kind, name, subjectId, await sealer.seal(subjectId, { name }));
};

/** Households or persons one by one (R7), each sealed under a key of its own. */
export const itemsOf = async (sealer: Sealer, { kind, n, names, items }: Case): Promise<readonly Item[]> => {
  if (items === 0) return [];
  const entries = names.map((name, i) => ({ subjectId: idFrom('pingdu', 'subject', n, i + 1) as SubjectId, fields: { name } }));
  const sealed = await sealer.sealAll(entries);
  return entries.map(({ subjectId, fields }, i) => ({
    itemId: itemId(n, i),
    subject: sealedSubject(kind, fields.name, subjectId, sealed[i] ?? ''),
    text: kind.itemText,
  }));
};
export const itemId = (n: number, i: number): ItemId => idFrom('pingdu', 'item', n, i) as ItemId;

/** `number` comes from the register, as for everybody. */
export const filingOf = async (
  sealer: Sealer,
  one: Case,
  number: string,
  foundOn: LocalDate,
  over: Partial<Extract<FindingIntent, { type: 'FileFinding' }>['data']> = {},
): Promise<Extract<FindingIntent, { type: 'FileFinding' }>['data']> => ({
  number,
  kind: 'finding',
  source: { kind: 'inspection', name: '问题清仓见底督导', batch: null, documentNumber: null },
  manner: one.kind.manner,
  teamId: team(one.team),
  foundOn,
  place: { townId: one.town.id, villageId: one.village.id, text: one.village.name },
  subject: await subjectOf(sealer, one),
  category: one.kind.category,
  text: one.text,
  basis: one.kind.basis,
  seriousness: one.serious ? 'serious' : 'ordinary',
  suggestedMeasure: one.kind.measure,
  responsibleUnitId: one.town.id,
  projectOwnerId: null,
  selfFound: false,
  upper: null,
  list: null,
  parentId: null,
  relapseOf: null,
  items: await itemsOf(sealer, one),
  capturedAt: null,
  lateEntry: null,
  ...over,
});
