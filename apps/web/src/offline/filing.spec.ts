import { recentCategories, searchCategories } from './category-search';
import { faultsOf, filingBody, labelOf, openTwins, type FileForm } from './filing';

const FORM: FileForm = {
  townId: 'dazeshan',
  townName: 'D',
  villageId: 'v1',
  villageName: 'V',
  teamId: 'team-1',
  teamName: 'T',
  foundOn: '2020-07-06',
  source: { kind: 'inspection', name: 'S', batch: null, documentNumber: null },
  manner: 'household',
  subject: { kind: 'household', name: 'Zhou Yangyi', subjectKey: null, code: null },
  category: { code: 'housing', name: 'H' },
  text: ' x ',
  spot: null,
};
const NONE = { before: 0, after: 0 };
const CATEGORIES = [
  { code: 'house', name: 'Housing', initials: 'zf', parent: null },
  { code: 'housing', name: 'Safe housing', initials: 'zfaq', parent: 'house' },
  { code: 'water', name: 'Safe water', initials: 'ysaq', parent: null },
  { code: 'roads', name: 'Roads', initials: 'dl', parent: null },
];

describe('The form of a finding', () => {
  it('asks for a subject, a category and a sentence, and for nothing else', () => {
    expect(faultsOf(FORM, NONE)).toStrictEqual([]);
    const empty: FileForm = { ...FORM, subject: { ...FORM.subject, name: ' ' }, category: null, text: '' };
    expect(faultsOf(empty, NONE)).toStrictEqual(['subject', 'category', 'text']);
  });

  it('asks of a rectification on the spot who was present, a second inspector, and a photo before and after', () => {
    const spot: FileForm = { ...FORM, spot: { personPresent: '', secondInspector: '', text: 'y' } };
    expect(faultsOf(spot, NONE)).toStrictEqual(['personPresent', 'secondInspector', 'before', 'after']);
  });

  it('masks a householder’s name and shows the code that tells two of one surname apart', () => {
    expect(labelOf(FORM.subject)).toBe('Z**');
    expect(labelOf({ kind: 'household', name: 'Z**', subjectKey: 's-1', code: 'K3F7Q' })).toBe('Z** K3F7Q');
    expect(labelOf({ kind: 'project', name: 'Bridge', subjectKey: null, code: null })).toBe('Bridge');
  });

  it('says when it was captured only where that was without a network', () => {
    expect(filingBody(FORM, null).capturedAt).toBeNull();
    expect(filingBody(FORM, '2020-07-06T01:00:00.000Z').capturedAt).toBe('2020-07-06T01:00:00.000Z');
  });

  it('knows what is open already of the same subject and category', () => {
    const known = (findingId: string, code: string, label: string, subjectKey: string | null) => ({
      findingId,
      number: findingId,
      stage: 'rectifying',
      text: 't',
      category: { code, name: code },
      subject: { label, subjectKey },
    });
    const open = [known('a', 'housing', 'Z**', 's-1'), known('b', 'housing', 'Z**', 's-2'), known('c', 'water', 'Z**', 's-1')];
    expect(openTwins(open, FORM).map(({ findingId }) => findingId)).toStrictEqual(['a', 'b']);
    const picked = { ...FORM, subject: { ...FORM.subject, name: 'Z**', subjectKey: 's-2' } };
    expect(openTwins(open, picked).map(({ findingId }) => findingId)).toStrictEqual(['b']);
  });
});

describe('A category', () => {
  it('is found by a piece of its name or by pinyin initials, the best fit first', () => {
    expect(searchCategories(CATEGORIES, 'AQ').map(({ code }) => code)).toStrictEqual(['housing', 'water']);
    expect(searchCategories(CATEGORIES, 'ysaq').map(({ code }) => code)).toStrictEqual(['water']);
    expect(searchCategories(CATEGORIES, 'Road').map(({ code }) => code)).toStrictEqual(['roads']);
    expect(searchCategories(CATEGORIES, 'xyz')).toStrictEqual([]);
  });

  it('that only gathers others is not offered', () => {
    expect(searchCategories(CATEGORIES, '').map(({ code }) => code)).toStrictEqual(['housing', 'water', 'roads']);
  });

  it('filed lately stands first', () => {
    expect(recentCategories(CATEGORIES, ['roads', 'gone'], 2).map(({ code }) => code)).toStrictEqual(['roads', 'housing']);
  });
});
