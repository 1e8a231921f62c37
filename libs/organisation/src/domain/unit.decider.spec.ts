import { specFor } from '@app/testing';
import { act, day, unitId } from './organisation.fixtures';
import { unitDecider } from './unit.decider';
import type { UnitEvent } from './unit.events';

const given = specFor(unitDecider);
const town = unitId('town-dazeshan');
const county = { path: 'pd', kind: 'county' } as const;
const established: UnitEvent = {
  type: 'UnitEstablished',
  data: {
    ...act,
    unitId: town,
    name: '大泽山镇',
    synonyms: ['大泽山'],
    kind: 'town',
    parentId: unitId('pd'),
    path: 'pd/town-dazeshan',
    from: day('2012-12-01'),
  },
};
const establish = {
  type: 'EstablishUnit' as const,
  data: {
    ...act,
    unitId: town,
    name: ' 大泽山镇 ',
    synonyms: ['大泽山', '大泽山', ' '],
    kind: 'town' as const,
    parentId: unitId('pd'),
    parent: county,
    from: day('2012-12-01'),
  },
};
const merged: UnitEvent = {
  type: 'UnitMerged',
  data: {
    ...act,
    unitId: town,
    path: 'pd/town-dazeshan',
    into: unitId('town-jiudian'),
    intoPath: 'pd/town-jiudian',
    from: day('2020-08-01'),
  },
};

describe('a unit', () => {
  it('is established below its parent, with its path', () => given().when(establish).then(established));
  it('is not established twice', () => given(established).when(establish).thenRejects('unit-exists'));
  it('needs an active unit above it', () =>
    given()
      .when({ ...establish, data: { ...establish.data, parent: null } })
      .thenRejects('unit-above-not-active'));
  it('stands at the root only as a county', () =>
    given()
      .when({ ...establish, data: { ...establish.data, parentId: null, parent: null } })
      .thenRejects('unit-root-only-county'));
  it('has an id that fits into a path', () =>
    given()
      .when({ ...establish, data: { ...establish.data, unitId: unitId('a/b%') } })
      .thenRejects('unit-id-malformed'));
  it('needs a name', () =>
    given()
      .when({ ...establish, data: { ...establish.data, name: ' ' } })
      .thenRejects('unit-name-missing'));
  it('is renamed from a day on and keeps the former name in the event', () =>
    given(established)
      .when({ type: 'RenameUnit', data: { ...act, name: '大泽山街道', from: day('2020-07-10') } })
      .then({ type: 'UnitRenamed', data: { ...act, unitId: town, name: '大泽山街道', formerName: '大泽山镇', from: day('2020-07-10') } }));
  it('stays quiet when it bears the name already', () =>
    given(established)
      .when({ type: 'RenameUnit', data: { ...act, name: '大泽山镇', from: day('2020-07-10') } })
      .thenNothing());
  it('takes over synonyms and stays quiet about the same ones', () => {
    given(established)
      .when({ type: 'GiveSynonyms', data: { ...act, synonyms: ['泽山'] } })
      .then({ type: 'UnitSynonymsGiven', data: { ...act, unitId: town, synonyms: ['泽山'] } });
    given(established)
      .when({ type: 'GiveSynonyms', data: { ...act, synonyms: ['大泽山'] } })
      .thenNothing();
  });
  it('moves with the old path in the event, so that everything below can follow', () =>
    given(established)
      .when({
        type: 'MoveUnit',
        data: {
          ...act,
          path: 'pd/town-dazeshan',
          parentId: unitId('north'),
          parent: { path: 'pd/north', kind: 'office' },
          from: day('2020-07-10'),
        },
      })
      .then({
        type: 'UnitMoved',
        data: {
          ...act,
          unitId: town,
          parentId: unitId('north'),
          path: 'pd/north/town-dazeshan',
          formerPath: 'pd/town-dazeshan',
          from: day('2020-07-10'),
        },
      }));
  it('cannot be moved below itself', () =>
    given(established)
      .when({
        type: 'MoveUnit',
        data: {
          ...act,
          path: 'pd/town-dazeshan',
          parentId: unitId('v'),
          parent: { path: 'pd/town-dazeshan/v', kind: 'village' },
          from: day('2020-07-10'),
        },
      })
      .thenRejects('unit-under-itself'));
  it('merges into an active unit by one event', () =>
    given(established)
      .when({
        type: 'MergeUnit',
        data: {
          ...act,
          path: 'pd/town-dazeshan',
          into: unitId('town-jiudian'),
          successor: { path: 'pd/town-jiudian', kind: 'town' },
          from: day('2020-08-01'),
        },
      })
      .then(merged));
  it('does not merge into itself or into a unit that is gone', () => {
    given(established)
      .when({
        type: 'MergeUnit',
        data: {
          ...act,
          path: 'pd/town-dazeshan',
          into: town,
          successor: { path: 'pd/town-dazeshan', kind: 'town' },
          from: day('2020-08-01'),
        },
      })
      .thenRejects('unit-successor-not-active');
    given(established)
      .when({
        type: 'MergeUnit',
        data: { ...act, path: 'pd/town-dazeshan', into: unitId('gone'), successor: null, from: day('2020-08-01') },
      })
      .thenRejects('unit-successor-not-active');
  });
  it('is quiet about the same merger and refuses everything else after it', () => {
    given(established, merged)
      .when({
        type: 'MergeUnit',
        data: { ...act, path: 'pd/town-dazeshan', into: unitId('town-jiudian'), successor: null, from: day('2020-08-01') },
      })
      .thenNothing();
    given(established, merged)
      .when({ type: 'RenameUnit', data: { ...act, name: '新名', from: day('2020-08-02') } })
      .thenRejects('unit-not-active');
  });
  it('is dissolved once', () => {
    const dissolved: UnitEvent = {
      type: 'UnitDissolved',
      data: { ...act, unitId: town, path: 'pd/town-dazeshan', from: day('2020-08-01') },
    };
    const dissolve = { type: 'DissolveUnit' as const, data: { ...act, path: 'pd/town-dazeshan', from: day('2020-08-01') } };
    given(established).when(dissolve).then(dissolved);
    given(established, dissolved).when(dissolve).thenNothing();
    given().when(dissolve).thenRejects('unit-not-active');
  });
});
