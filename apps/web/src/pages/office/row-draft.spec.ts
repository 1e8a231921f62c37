import type { ShownRowContent } from '../../api/generated/types.gen';
import { changesOf, NEW_ROW, newRowOf, rowDraftOf, rowFaults } from './row-draft';

const content: ShownRowContent = {
  number: '3-(2)',
  rectification: 'time-limited',
  seriousness: 'ordinary',
  kind: 'finding',
  basis: null,
  category: 'housing',
  legs: [{ unitId: 'dazeshan', line: 'territorial', duty: 'acts', leads: true }],
  text: 'roof',
  place: { townId: 'dazeshan', villageId: null, text: 'B' },
  projectOwnerId: null,
  manner: 'on-site',
  assisting: [],
  townIds: ['dazeshan'],
  foundOn: '2020-07-01',
  measure: null,
  dueOn: '2020-08-31',
  quoted: [],
  subject: { kind: 'household', label: 'L**', subjectId: null, sensitive: false },
};

describe('a row of a list as typed', () => {
  it('needs a text, a category, a subject and a town; its legs may wait for triage', () => {
    expect(rowFaults(NEW_ROW)).toStrictEqual(['text', 'category', 'subjectName', 'townId']);
    expect(rowFaults({ ...rowDraftOf(content), legs: [] })).toStrictEqual([]);
    expect(rowFaults({ ...rowDraftOf(content), legs: rowDraftOf(content).legs.map((leg) => ({ ...leg, leads: false })) })).toStrictEqual([
      'legs',
    ]);
  });
  it('is sent without ids of legs and without empty texts', () => {
    expect(newRowOf(rowDraftOf(content))).toMatchObject({ legs: content.legs, basis: null, subject: { kind: 'household', name: 'L**' } });
  });
  it('is corrected by what differs alone', () => {
    const draft = rowDraftOf(content);
    expect(changesOf(content, draft)).toStrictEqual({});
    expect(changesOf(content, { ...draft, text: 'roof open', dueOn: '' })).toStrictEqual({ text: 'roof open', dueOn: null });
  });
});
