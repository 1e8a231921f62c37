import {
  after,
  isUnsent,
  keyOf,
  newDraft,
  nextAttemptAt,
  nextStep,
  nextToSend,
  pauseMs,
  receipt,
  submitted,
  type Draft,
  type Outcome,
  type Photo,
  type Step,
} from './draft';
import type { FileForm } from './filing';

const T0 = Date.parse('2020-07-06T01:00:00Z');
const FORM: FileForm = {
  townId: 'dazeshan',
  townName: 'D',
  villageId: 'v1',
  villageName: 'V',
  teamId: 'team-1',
  teamName: 'T',
  foundOn: '2020-07-06',
  source: null,
  manner: 'household',
  subject: { kind: 'household', name: 'Zhou Yangyi', subjectKey: null, code: null },
  category: { code: 'housing', name: 'H' },
  text: 'x',
  spot: null,
};
const photo = (photoId: string, over: Partial<Photo> = {}): Photo => ({
  photoId,
  phase: 'before',
  mediaType: 'image/jpeg',
  size: 500,
  round: 0,
  uploadId: null,
  received: 0,
  evidenceId: null,
  ...over,
});
const filed = (photos: readonly Photo[] = []): Draft =>
  submitted({ ...newDraft('d-1', { kind: 'finding', form: FORM }, T0), photos }, null, T0);
const verification = (result: 'passed' | 'sent-back' = 'passed'): Draft =>
  submitted(newDraft('d-2', { kind: 'verification', findingId: 'f-1', number: 'N1', seen: 7, result, text: 'y' }, T0), null, T0);
const REFUSAL = { code: 'c', zh: 'z', en: 'e', step: 'file' } as const;

const did = (draft: Draft, outcome: Outcome): Draft => {
  const step = nextStep(draft);
  if (step === null) throw new Error('nothing left to do');
  return after(draft, step, outcome, T0 + 1_000);
};
const FILED: Outcome = { is: 'filed', findingId: 'f-1', number: '2020-1' };

describe('A draft on its way', () => {
  it('is filed first, then each photo is begun, sent piece by piece and attached, then it is sent', () => {
    const kinds: (string | undefined)[] = [];
    const outcomes: Outcome[] = [
      FILED,
      { is: 'begun', uploadId: 'u-1', received: 0 },
      { is: 'received', received: 300 },
      { is: 'received', received: 500 },
      { is: 'attached', evidenceId: 'e-1' },
    ];
    const end = outcomes.reduce(
      (draft, outcome) => {
        kinds.push(nextStep(draft)?.kind);
        return did(draft, outcome);
      },
      filed([photo('p-1')]),
    );
    expect(kinds).toStrictEqual(['file', 'begin', 'piece', 'piece', 'attach']);
    expect([end.state, end.findingId, end.number, nextStep(end)]).toStrictEqual(['sent', 'f-1', '2020-1', null]);
  });

  it('is sent at once when it has no photo', () => {
    expect(did(filed(), FILED).state).toBe('sent');
  });

  it('goes on after a reload with the step that was left, not from the beginning', () => {
    const cut = did(did(filed([photo('p-1')]), FILED), { is: 'begun', uploadId: 'u-1', received: 200 });
    const reloaded = JSON.parse(JSON.stringify({ ...cut, state: 'sending' })) as Draft;
    expect([nextToSend([reloaded], T0 + 2_000)?.draftId, nextStep(reloaded)]).toStrictEqual(['d-1', { kind: 'piece', photoId: 'p-1' }]);
    expect(reloaded.photos[0]?.received).toBe(200);
  });

  it('carries the same key for the same step, however often it is sent, and another one for each piece of work', () => {
    const draft = filed([photo('p-1'), photo('p-2')]);
    const steps: Step[] = [
      { kind: 'file' },
      { kind: 'begin', photoId: 'p-1' },
      { kind: 'attach', photoId: 'p-1' },
      { kind: 'begin', photoId: 'p-2' },
    ];
    const keys = steps.map((step) => keyOf(draft, step));
    expect(steps.map((step) => keyOf({ ...draft, attempts: 9 }, step))).toStrictEqual(keys);
    expect([keys[0], new Set(keys).size]).toStrictEqual(['d-1', 4]);
  });

  it('waits longer after each attempt in vain, and at most five minutes', () => {
    const first = did(filed(), { is: 'later' });
    const second = did(first, { is: 'later' });
    expect([first.state, first.notBefore - T0, second.notBefore - T0]).toStrictEqual(['waiting', 1_000 + 2_000, 1_000 + 4_000]);
    expect(pauseMs(50)).toBe(300_000);
    expect([nextToSend([first], T0), nextAttemptAt([first])]).toStrictEqual([null, first.notBefore]);
  });

  it('begins a photo anew that the server no longer holds, under another key, and asks the person when that goes on', () => {
    const begun = did(did(filed([photo('p-1')]), FILED), { is: 'begun', uploadId: 'u-1', received: 500 });
    const anew = did(begun, { is: 'upload-gone' });
    expect(nextStep(anew)).toStrictEqual({ kind: 'begin', photoId: 'p-1' });
    const begin: Step = { kind: 'begin', photoId: 'p-1' };
    expect(keyOf(anew, begin)).not.toBe(keyOf(begun, begin));
    const never = did({ ...begun, photos: [photo('p-1', { uploadId: 'u-9', received: 500, round: 3 })] }, { is: 'upload-gone' });
    expect(never.state).toBe('needs-you');
  });

  it('stops at a refusal, goes to nobody by itself, and goes out anew under another key once it was changed', () => {
    const refused = did(filed(), { is: 'refused', refusal: REFUSAL });
    expect([refused.state, nextToSend([refused], T0 + 1e9), isUnsent(refused)]).toStrictEqual(['needs-you', null, true]);
    const again = submitted(refused, null, T0 + 5_000);
    expect([again.state, again.refusal]).toStrictEqual(['waiting', null]);
    expect(keyOf(again, { kind: 'file' })).not.toBe(keyOf(refused, { kind: 'file' }));
  });

  it('waits without counting an attempt while nobody is signed in', () => {
    const waiting = did(filed(), { is: 'sign-in' });
    expect([waiting.state, waiting.attempts, waiting.notBefore]).toStrictEqual(['waiting', 0, 0]);
  });

  it('keeps when it was captured, also when it is submitted again with a network', () => {
    const offline = submitted(newDraft('d-1', { kind: 'finding', form: FORM }, T0), '2020-07-06T01:00:00.000Z', T0);
    expect(submitted(offline, null, T0 + 9_000).capturedAt).toBe('2020-07-06T01:00:00.000Z');
  });

  it('leaves a receipt without the name, the photos or who was present', () => {
    const spot = { personPresent: 'Chen Shiba', secondInspector: 'p-2', text: 'z' };
    const sent = did(submitted(newDraft('d-1', { kind: 'finding', form: { ...FORM, spot } }, T0), null, T0), FILED);
    const text = JSON.stringify(receipt(sent));
    expect([text.includes('Yangyi'), text.includes('Chen'), text.includes('Z**')]).toStrictEqual([false, false, true]);
  });
});

describe('A verification on its way', () => {
  it('meets another version: it needs a person, with both versions beside each other', () => {
    const theirs = { revision: 9, stage: 'rectifying', text: 'other', lines: [] };
    const stale = did(verification(), { is: 'stale', refusal: { ...REFUSAL, step: 'verify' }, theirs });
    expect([stale.state, stale.theirs, stale.work]).toStrictEqual(['needs-you', theirs, verification().work]);
  });

  it('decides before its photos are added, since they would make another version', () => {
    const draft = { ...verification(), photos: [photo('p-1')] };
    expect([nextStep(draft)?.kind, nextStep(did(draft, { is: 'said' }))?.kind]).toStrictEqual(['verify', 'begin']);
  });

  it('tells the office by a comment where the verifier may not send back', () => {
    const back = verification('sent-back');
    expect([nextStep(back)?.kind, nextStep(did(back, { is: 'no-right-to-send-back' }))?.kind]).toStrictEqual(['send-back', 'comment']);
  });
});
