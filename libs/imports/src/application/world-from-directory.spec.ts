import type { CategoryCode, LocalDate, UnitId } from '@app/kernel';
import { DirectoryView, NO_ROWS, type Unit } from '@app/organisation';
import { worldOf } from './world-from-directory';

const on = '2020-07-06' as LocalDate;
const unit = (id: string, name: string, kind: Unit['kind'], parent: string | null, over: Partial<Unit> = {}): Unit => ({
  id: id as UnitId,
  name,
  synonyms: [],
  initials: '',
  kind,
  parentId: parent as UnitId | null,
  path: parent === null ? id : parent === 'pd' ? `pd/${id}` : `pd/${parent}/${id}`,
  status: 'active',
  mergedInto: null,
  from: on,
  to: null,
  ...over,
});
const view = new DirectoryView({
  ...NO_ROWS,
  units: [
    unit('pd', '平度市', 'county', null),
    unit('dazeshan', '大泽山镇', 'town', 'pd'),
    unit('jiudian', '旧店镇', 'town', 'pd'),
    unit('beichang', '北昌村', 'village', 'dazeshan'),
    unit('dong-a', '东关村', 'village', 'dazeshan'),
    unit('dong-b', '东关村', 'village', 'jiudian'),
    unit('water', '市水利局', 'department', 'pd', { synonyms: ['水利水产局'] }),
  ],
  categories: [
    { code: 'housing' as CategoryCode, name: '住房安全', initials: '', parent: null, evidenceKinds: [], retiredAfter: null },
    {
      code: 'old' as CategoryCode,
      name: '住房旧类',
      initials: '',
      parent: null,
      evidenceKinds: [],
      retiredAfter: '2020-01-01' as LocalDate,
    },
  ],
});
const world = worldOf(view, on);
const exact = (text: string, ...rest: [Unit['kind']?, UnitId?]) => world.unitsByName(text, ...rest).exact.map((u) => u.id);

describe('the organisation as a sheet writes it', () => {
  it.each(['市水利局', '水利局', '平度市水利局', '水利水产局', ' 水 利 局'])('knows %s', (text) =>
    expect(exact(text)).toStrictEqual(['water']),
  );
  it('offers the nearest names for one it does not know, and chooses none', () => {
    expect(exact('水力局')).toStrictEqual([]);
    expect(world.unitsByName('水力局').near.map((u) => u.name)).toContain('市水利局');
  });
  it('tells villages of one name apart by their town', () => {
    expect(exact('东关村', 'village')).toStrictEqual(['dong-a', 'dong-b']);
    expect(exact('东关村', 'village', 'jiudian' as UnitId)).toStrictEqual(['dong-b']);
  });
  it.each([
    ['大泽山镇北昌村3组', 'beichang'],
    ['平度市大泽山镇 北昌村', 'beichang'],
    ['北昌村东头', 'beichang'],
    ['旧店镇驻地', 'jiudian'],
    ['旧店镇东关村', 'dong-b'],
    ['东关村', undefined],
    ['某处', undefined],
  ])('places %s at %s', (text, id) => expect(world.placeAtStart(text)?.id).toBe(id));
  it('knows the categories of the day', () => {
    expect(world.categoriesByName('住房安全')).toStrictEqual(['housing']);
    expect(world.categoriesByName('住房旧类')).toStrictEqual([]);
    expect(world.nearestCategories('住房安全问题')).toStrictEqual(['住房安全']);
  });
  it('replaces personal numbers and says of which kind they are', () => {
    const hidden = world.hidePersonalNumbers('联系 13912345678');
    expect(hidden).toStrictEqual({ text: '联系 139****5678', kinds: ['手机号'], numbers: [{ kind: 'phone', value: '13912345678' }] });
  });
});
