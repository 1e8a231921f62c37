import { acceptanceFault, acceptanceOf, type AcceptanceDraft } from './acceptance-draft';

const draft = (over: Partial<AcceptanceDraft> = {}): AcceptanceDraft => ({
  rectification: 'time-limited',
  seriousness: 'ordinary',
  reason: ' ',
  stages: [],
  ...over,
});
const stage = (checkOn: string) => ({ text: 'roof', checkOn });

describe('an acceptance before it is sent', () => {
  it('names the kind of rectification', () => {
    expect(acceptanceFault(draft({ rectification: '' }))).toBe('kind-missing');
    expect(acceptanceOf(draft({ rectification: '' }))).toBeNull();
    expect(acceptanceFault(draft())).toBeNull();
  });
  it('describes its stages, one after the other', () => {
    expect(acceptanceFault(draft({ rectification: 'staged' }))).toBe('stages-missing');
    expect(acceptanceFault(draft({ rectification: 'staged', stages: [stage('')] }))).toBe('stages-missing');
    expect(acceptanceFault(draft({ rectification: 'staged', stages: [stage('2020-09-01'), stage('2020-08-01')] }))).toBe('stages-order');
    expect(acceptanceFault(draft({ rectification: 'staged', stages: [stage('2020-08-01'), stage('2020-09-01')] }))).toBeNull();
  });
  it('sends stages with staged ones only, and no empty reason', () => {
    expect(acceptanceOf(draft({ stages: [stage('2020-08-01')] }))).toStrictEqual({
      rectification: 'time-limited',
      seriousness: 'ordinary',
      reason: null,
      stages: [],
    });
  });
});
