import type { OfferedCommand } from '@app/findings';
import type { Answer, Client } from './client';
import { personOf, type Login } from './county';

export type Sending = Readonly<{ id: string; leg: string; seen: string; login: Login; evidenceId: string; other: string }>;
type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Request = (about: Sending) => readonly [Method, string, unknown];

export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const UNKNOWN = '7b1c9f0e-1111-4222-8333-444455556666';
const LATER = '2020-08-10';
const SOON = '2020-07-20';
const text = '依据现场核查';
const T = { legId: 'T', unitId: 'dazeshan', line: 'territorial', duty: 'acts', leads: true };
const onLeg =
  (method: Method, path: string, body: unknown): Request =>
  ({ leg }) => [method, `/legs/${leg}/${path}`, body];
const onFinding =
  (method: Method, path: string, body: unknown): Request =>
  () => [method, `/${path}`, body];

/** A request for every command that a person may give: what a form would send that was filled in as it should be. */
const REQUESTS: Readonly<Record<Exclude<OfferedCommand, 'AddEvidence'>, Request>> = {
  CorrectFinding: onFinding('PATCH', '', { reason: text, changes: { text: '改正后的说明' } }),
  AddItems: onFinding('POST', 'items', { items: [{ subject: { kind: 'household', name: '周样一' }, text }] }),
  RemoveEvidence: ({ evidenceId }) => ['DELETE', `/evidence/${evidenceId}`, { reason: text }],
  AddComment: onFinding('POST', 'comments', { text }),
  WithdrawFinding: onFinding('PUT', 'withdrawal', { reason: text, documentNumber: '督办〔2020〕1号' }),
  DismissFinding: onFinding('PUT', 'dismissal', { reason: text, teamNote: text }),
  LinkFinding: ({ other }) => ['PUT', '/link', { to: other, reason: text }],
  AcceptFinding: onFinding('PUT', 'acceptance', { rectification: 'immediate', seriousness: 'ordinary' }),
  TransferFinding: onFinding('PUT', 'transfer', { legs: [T], singleLegBecause: text, overruledBecause: text }),
  SplitFinding: onFinding('PUT', 'split', { towns: ['dazeshan', 'jiudian'] }),
  SignForLeg: onLeg('PUT', 'receipt', {}),
  ReturnLeg: onLeg('PUT', 'return', { ground: 'delimit', text }),
  RuleOnReturn: onLeg('PUT', 'return/ruling', { ruling: 'stays', reason: text }),
  ObjectToRuling: onLeg('PUT', 'return/objection', { text }),
  RecordJointRuling: onFinding('PUT', 'joint-ruling', { text, participants: ['大泽山镇', '市住建局'], leadingLegId: 'T' }),
  AssignLeg: onLeg('PUT', 'assignment', { assignee: '网格员' }),
  PlanLeg: onLeg('PUT', 'plan', { measures: text, responsible: '包村干部', targetOn: LATER }),
  RecordProgress: onLeg('POST', 'progress', { text }),
  AskExtension: onLeg('PUT', 'extension', { reason: text, progress: text, until: LATER }),
  GrantExtension: onLeg('PUT', 'extension/ruling', { granted: true, until: LATER, reason: text }),
  RefuseExtension: onLeg('PUT', 'extension/ruling', { granted: false, reason: text }),
  AskPause: onLeg('PUT', 'pause', { reason: 'procedure', text, until: SOON }),
  GrantPause: onLeg('PUT', 'pause/ruling', { granted: true, until: SOON, text }),
  RefusePause: onLeg('PUT', 'pause/ruling', { granted: false, reason: text }),
  ResumeLeg: onLeg('PUT', 'pause/end', {}),
  AnswerItems: onLeg('PUT', 'item-answers', { answers: [{ itemId: UNKNOWN, answer: 'done' }] }),
  GiveGuidance: onLeg('POST', 'guidance', { text }),
  ReportLeg: ({ leg, evidenceId }) => [
    'PUT',
    `/legs/${leg}/report`,
    { text, measures: text, effect: text, completedOn: '2020-07-06', evidence: [evidenceId] },
  ],
  FirstReviewLeg: onLeg('PUT', 'first-review', { passed: false, reason: text }),
  SignLeg: ({ leg, login }) => [
    'PUT',
    `/legs/${leg}/signature`,
    login.startsWith('office') ? { lateEntry: { documentNumber: '督办〔2020〕1号', reason: text } } : {},
  ],
  GiveOpinion: onLeg('PUT', 'opinion', { agrees: true, text }),
  RectifyOnTheSpot: ({ leg, login }) => [
    'PUT',
    `/legs/${leg}/on-the-spot`,
    { rectifyingUnitId: leg === 'S' ? 'housing' : 'dazeshan', personPresent: '周样一', inspectors: [personOf(login), 'p-other'], text },
  ],
  PassLeg: onLeg('PUT', 'review', { result: 'passed', text }),
  SendLegBack: onLeg('PUT', 'review', { result: 'sent-back', reason: text }),
  VerifyFinding: onFinding('PUT', 'verification', { method: 'on-site', text }),
  ClearFinding: onFinding('PUT', 'clearance', { text }),
  RevokeClearance: onFinding('PUT', 'clearance/revocation', { reason: text, level: '县级' }),
  LookBack: onFinding('POST', 'look-backs', { round: '第一轮', result: 'holds', text }),
  PassStage: onFinding('PUT', 'stages/1', { text }),
  RescheduleStages: onFinding('PUT', 'stages', { stages: [{ text, checkOn: '2020-07-31' }], reason: text }),
  GiveInstruction: onFinding('POST', 'instructions', { text, toUnits: ['dazeshan'] }),
  ReplyToInstruction: onFinding('PUT', 'instructions/1/reply', { text }),
  RecordUpperAnswer: onFinding('POST', 'upper-answers', { answer: 'other', documentNumber: '督办〔2020〕1号', text }),
  RecordUpperClearance: onFinding('PUT', 'upper-clearance', { documentNumber: '督办〔2020〕1号', text }),
};

export const sendCommand = (client: Client, command: OfferedCommand, about: Sending): Promise<Answer> => {
  const { id, seen } = about;
  if (command === 'AddEvidence') {
    const photo = { name: '现场.png', type: 'image/png', content: PIXEL };
    return client.upload(`/api/findings/${id}/evidence`, { phase: 'document' }, photo);
  }
  const [method, path, body] = REQUESTS[command](about);
  return client.send(method, `/api/findings/${id}${path === '/' ? '' : path}`, body, { seen });
};
