import * as fc from 'fast-check';
import {
  stampOf,
  type Actor,
  type CategoryCode,
  type FindingId,
  type Instant,
  type ListId,
  type LocalDate,
  type PersonId,
  type UnitId,
} from '@app/kernel';
import { specFor } from '@app/testing';
import type { ListCommand } from './list.commands';
import { listDecider } from './list.decider';
import type { ListEvent } from './list.events';
import { missingIn, type ListRow, type ListSource } from './list.types';

const given = specFor(listDecider);
const office: Actor = {
  personId: 'li' as PersonId,
  unitId: 'office' as UnitId,
  postId: null,
  roles: ['office'],
  inPlaceOf: null,
  ownUnits: ['office' as UnitId],
};
const clerk: Actor = { ...office, unitId: 'town' as UnitId, roles: ['clerk'] };
const at = '2020-07-06T01:30:00.000Z' as Instant;
const on = '2020-07-06' as LocalDate;
const act = { at, on, by: stampOf(office) };
const listId = 'l-1' as ListId;
const source: ListSource = { kind: 'inspection', name: '督导检查', batch: null, documentNumber: null };
type Wanted = { [C in ListCommand as C['type']]: Pick<C, 'type' | 'data'> }[ListCommand['type']];
const by = (actor: Actor, wanted: Wanted): ListCommand => ({ ...wanted, by: actor, at, on });
const asks = (wanted: Wanted): ListCommand => by(office, wanted);

const row = (rowId: string, over: Partial<ListRow> = {}): ListRow => ({
  rowId,
  findingId: `f-${rowId}` as FindingId,
  fingerprint: null,
  kind: 'finding',
  number: null,
  text: '房屋漏雨',
  category: 'housing' as CategoryCode,
  subject: { kind: 'other', subjectId: null, label: '北昌村', sealed: null, sensitive: false },
  place: { townId: 'town' as UnitId, villageId: null, text: '' },
  townIds: ['town' as UnitId],
  foundOn: null,
  manner: 'on-site',
  basis: null,
  seriousness: 'ordinary',
  rectification: null,
  measure: null,
  dueOn: null,
  legs: [{ unitId: 'town' as UnitId, line: 'territorial', duty: 'acts', leads: true }],
  assisting: [],
  projectOwnerId: null,
  quoted: [],
  ...over,
});
const meta = { listId, title: '收官战问题清单', source, listDate: on, issuingUnitId: 'office' as UnitId };
const drafted: ListEvent = { type: 'ListDrafted', data: { ...act, ...meta } };
const added = (...rows: readonly ListRow[]): ListEvent => ({ type: 'RowsAdded', data: { ...act, rows } });
const issued = (...rowIds: readonly string[]): ListEvent => ({
  type: 'ListIssued',
  data: { ...act, listId, number: '问清〔2020〕1号', rowIds },
});
const discarded: ListEvent = { type: 'ListDiscarded', data: { ...act, reason: '重复' } };
const supplement = (n: number, ...rowIds: readonly string[]): ListEvent => ({
  type: 'SupplementIssued',
  data: { ...act, listId, supplement: n, number: `问清〔2020〕1号（补${String(n)}）`, rowIds },
});

describe('drafting', () => {
  it('begins a list', () =>
    given()
      .when(asks({ type: 'DraftList', data: meta }))
      .then(drafted));
  it('happens once', () =>
    given(drafted)
      .when(asks({ type: 'DraftList', data: meta }))
      .thenRejects('list-already-drafted'));
  it('is for the office of the issuing unit', () => {
    given()
      .when(by(clerk, { type: 'DraftList', data: meta }))
      .thenRejects('list-not-yours');
    given(drafted)
      .when(by({ ...office, unitId: 'other' as UnitId }, { type: 'IssueList', data: { number: 'x' } }))
      .thenRejects('list-not-yours');
  });
  it('wants a title, a day that has come, and a batch from an upper level', () => {
    given()
      .when(asks({ type: 'DraftList', data: { ...meta, title: ' ' } }))
      .thenRejects('list-title-required');
    given()
      .when(asks({ type: 'DraftList', data: { ...meta, listDate: '2020-07-07' as LocalDate } }))
      .thenRejects('list-date-in-future');
    given()
      .when(asks({ type: 'DraftList', data: { ...meta, source: { ...source, kind: 'upper' } } }))
      .thenRejects('upper-needs-batch');
  });
  it('may be amended until the list is issued', () => {
    given(drafted)
      .when(asks({ type: 'AmendList', data: { changes: { title: '新标题' } } }))
      .then({ type: 'ListAmended', data: { ...act, changes: { title: '新标题' } } });
    given(drafted, added(row('a')), issued('a'))
      .when(asks({ type: 'AmendList', data: { changes: { title: '新标题' } } }))
      .thenRejects('list-issued');
  });
  it('may be given up, quietly when it was already', () => {
    given(drafted)
      .when(asks({ type: 'DiscardList', data: { reason: '重复' } }))
      .then(discarded);
    given(drafted, discarded)
      .when(asks({ type: 'DiscardList', data: { reason: '重复' } }))
      .thenNothing();
    given(drafted, added(row('a')), issued('a'))
      .when(asks({ type: 'DiscardList', data: { reason: '重复' } }))
      .thenRejects('list-issued');
    given(drafted, discarded)
      .when(asks({ type: 'AddRows', data: { rows: [row('a')] } }))
      .thenRejects('list-discarded');
  });
});

describe('rows', () => {
  it('are added once, known ones left out', () => {
    given(drafted, added(row('a')))
      .when(asks({ type: 'AddRows', data: { rows: [row('a', { text: '别的' }), row('b'), row('b')] } }))
      .then(added(row('b')));
    given(drafted, added(row('a')))
      .when(asks({ type: 'AddRows', data: { rows: [row('a')] } }))
      .thenNothing();
  });
  it('say what the problem is and were not found in the future', () => {
    given(drafted)
      .when(asks({ type: 'AddRows', data: { rows: [row('a', { text: ' ' })] } }))
      .thenRejects('row-text-required');
    given(drafted)
      .when(asks({ type: 'AddRows', data: { rows: [row('a', { foundOn: '2020-07-07' as LocalDate })] } }))
      .thenRejects('row-date-in-future');
  });
  it('are corrected and removed with a reason until they are sent out', () => {
    const corrected: ListEvent = { type: 'RowCorrected', data: { ...act, rowId: 'a', changes: { text: '屋顶漏雨' }, reason: '笔误' } };
    given(drafted, added(row('a')))
      .when(asks({ type: 'CorrectRow', data: { rowId: 'a', changes: { text: '屋顶漏雨' }, reason: ' 笔误 ' } }))
      .then(corrected);
    given(drafted, added(row('a')))
      .when(asks({ type: 'RemoveRow', data: { rowId: 'a', reason: '' } }))
      .thenRejects('list-reason-required');
    given(drafted)
      .when(asks({ type: 'RemoveRow', data: { rowId: 'a', reason: '重复' } }))
      .thenRejects('row-not-found');
    given(drafted, added(row('a')), issued('a'))
      .when(asks({ type: 'RemoveRow', data: { rowId: 'a', reason: '重复' } }))
      .thenRejects('row-issued');
  });
  it('lack something when nobody is responsible, when stages are missing, or when a task has two legs', () => {
    expect(missingIn(row('a'))).toStrictEqual([]);
    expect(missingIn(row('a', { legs: [], rectification: 'staged' }))).toStrictEqual(['unit', 'stages']);
    const two = [...row('a').legs, { unitId: 'dept' as UnitId, line: 'sectoral', duty: 'acts', leads: false } as const];
    expect(missingIn(row('a', { kind: 'task', legs: two }))).toStrictEqual(['task-legs']);
  });
});

describe('issuing', () => {
  it('freezes the rows under a number', () => {
    given(drafted, added(row('a'), row('b')))
      .when(asks({ type: 'IssueList', data: { number: '问清〔2020〕1号' } }))
      .then(issued('a', 'b'));
    given(drafted)
      .when(asks({ type: 'IssueList', data: { number: 'x' } }))
      .thenRejects('list-empty');
    given(drafted, added(row('a')), issued('a'))
      .when(asks({ type: 'IssueList', data: { number: 'x' } }))
      .thenRejects('list-issued');
    given()
      .when(asks({ type: 'IssueList', data: { number: 'x' } }))
      .thenRejects('list-not-found');
  });
  it('sends later rows as numbered supplements', () => {
    const once = [drafted, added(row('a')), issued('a'), added(row('b'))] as const;
    given(...once)
      .when(asks({ type: 'IssueSupplement', data: {} }))
      .then(supplement(1, 'b'));
    given(...once, supplement(1, 'b'))
      .when(asks({ type: 'IssueSupplement', data: {} }))
      .thenRejects('list-empty');
    given(...once, supplement(1, 'b'), added(row('c')))
      .when(asks({ type: 'IssueSupplement', data: {} }))
      .then(supplement(2, 'c'));
    given(drafted, added(row('a')))
      .when(asks({ type: 'IssueSupplement', data: {} }))
      .thenRejects('list-not-issued');
  });
});

/** Any commands in any order: refusals are answers of the field, events survive JSON, and replaying them gives the same state. */
it('never sends a row out twice and never loses one, whatever is asked', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd');
  const wanted: fc.Arbitrary<Wanted> = fc.oneof(
    fc.uniqueArray(ids, { minLength: 1 }).map((some): Wanted => ({ type: 'AddRows', data: { rows: some.map((id) => row(id)) } })),
    ids.map((rowId): Wanted => ({ type: 'RemoveRow', data: { rowId, reason: '重复' } })),
    ids.map((rowId): Wanted => ({ type: 'CorrectRow', data: { rowId, changes: { text: '改过' }, reason: '笔误' } })),
    fc.constant<Wanted>({ type: 'IssueList', data: { number: '问清〔2020〕1号' } }),
    fc.constant<Wanted>({ type: 'IssueSupplement', data: {} }),
    fc.constant<Wanted>({ type: 'DiscardList', data: { reason: '作废' } }),
  );
  fc.assert(
    fc.property(fc.array(wanted, { maxLength: 30 }), (commands) => {
      const events: ListEvent[] = [drafted];
      for (const command of commands) {
        const state = events.reduce(listDecider.evolve, listDecider.initial);
        try {
          events.push(...listDecider.decide(asks(command), state));
        } catch (error) {
          expect((error as Error).name).toBe('DomainError');
        }
      }
      const sent = events.flatMap((e) => (e.type === 'ListIssued' || e.type === 'SupplementIssued' ? e.data.rowIds : []));
      expect(new Set(sent).size).toBe(sent.length);
      expect(JSON.parse(JSON.stringify(events))).toStrictEqual(events);
      const state = events.reduce(listDecider.evolve, listDecider.initial);
      if (state.status !== 'absent') expect(sent.every((id) => state.rows.has(id) && state.frozen.has(id))).toBe(true);
    }),
    { numRuns: 200 },
  );
});
