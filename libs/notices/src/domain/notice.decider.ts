import {
  assertNever,
  stampOf,
  type Act,
  type Actor,
  type Decider,
  type EvidenceId,
  type Instant,
  type Role,
  type UnitId,
} from '@app/kernel';
import type { NoticeCommand, NoticeWorld } from './notice.commands';
import { reject } from './notice.errors';
import type { NoticeEvent } from './notice.events';
import { issueNotice } from './issue-notice';
import type { NoticeReference } from './notice.types';

type Present = Readonly<{
  phase: 'issued';
  unitId: UnitId;
  issuerId: UnitId;
  issuedAt: Instant;
  deliveries: readonly string[];
  signed: boolean;
  refused: boolean;
  replies: readonly string[];
  corrections: readonly NoticeReference[];
}>;
export type NoticeState = Readonly<{ phase: 'absent' }> | Present;
const absent: NoticeState = { phase: 'absent' };

const replyKey = (text: string, evidence: readonly EvidenceId[]): string => [text, ...evidence].join('\n');
const deliveryKey = (way: string, deliveredAt: Instant): string => `${way} ${deliveredAt}`;

const evolvePresent = (state: Present, event: NoticeEvent): Present => {
  switch (event.type) {
    case 'NoticeIssued':
      return state;
    case 'NoticeDelivered':
      return { ...state, deliveries: [...state.deliveries, deliveryKey(event.data.way, event.data.deliveredAt)] };
    case 'NoticeSignedFor':
      return { ...state, signed: true };
    case 'NoticeRefused':
      return { ...state, refused: true };
    case 'NoticeReplied':
      return { ...state, replies: [...state.replies, replyKey(event.data.text, event.data.evidence)] };
    case 'NoticeCorrected':
      return { ...state, corrections: [...state.corrections, event.data.correction] };
    default:
      return assertNever(event);
  }
};

const evolve = (state: NoticeState, event: NoticeEvent): NoticeState => {
  if (event.type !== 'NoticeIssued') return state.phase === 'absent' ? state : evolvePresent(state, event);
  const { unitId, issuerId, at } = event.data;
  return { phase: 'issued', unitId, issuerId, issuedAt: at, deliveries: [], signed: false, refused: false, replies: [], corrections: [] };
};

/** The receiving posts of a unit (R17); the office's own where a notice goes to the office. */
const UNIT_ROLES: readonly Role[] = ['clerk', 'deputy', 'head', 'office', 'office-head'];
const today = ({ succession }: NoticeWorld, unit: UnitId): UnitId => succession[unit] ?? unit;
const has = (by: Actor, ...roles: readonly Role[]): boolean => by.roles.some((role) => roles.includes(role));
const said = (text: string, code: 'notice-text-required' | 'notice-reason-required' | 'notice-recipient-required'): string =>
  text.trim() === '' ? reject(code) : text.trim();

const mustBeAddressed = (by: Actor, world: NoticeWorld, state: Present): void => {
  if (!has(by, ...UNIT_ROLES) || today(world, by.unitId) !== today(world, state.unitId)) reject('notice-not-yours');
};
/** Whoever issued it hands it over, or the office does. */
const mustDeliver = (by: Actor, world: NoticeWorld, state: Present): void => {
  const issued = has(by, 'team-head') && today(world, by.unitId) === today(world, state.issuerId);
  if (!issued && !has(by, 'office', 'office-head')) reject('notice-not-yours');
};

const decidePresent = (command: Exclude<NoticeCommand, { type: 'IssueNotice' }>, state: Present): readonly NoticeEvent[] => {
  const { by, at, on, world } = command;
  const { unitId } = state;
  const act: Act = { at, on, by: stampOf(by) };
  switch (command.type) {
    case 'DeliverNotice': {
      mustDeliver(by, world, state);
      const { way, deliveredAt } = command.data;
      const to = said(command.data.to, 'notice-recipient-required');
      if (deliveredAt > at || deliveredAt < state.issuedAt) reject('notice-delivery-time-invalid');
      if (state.deliveries.includes(deliveryKey(way, deliveredAt))) return [];
      return [{ type: 'NoticeDelivered', data: { ...act, unitId, way, deliveredAt, to } }];
    }
    case 'SignForNotice':
      mustBeAddressed(by, world, state);
      return state.signed ? [] : [{ type: 'NoticeSignedFor', data: { ...act, unitId } }];
    case 'RefuseNotice': {
      mustDeliver(by, world, state);
      const reason = said(command.data.reason, 'notice-reason-required');
      const witnesses = [...new Set(command.data.witnesses.map((name) => name.trim()).filter((name) => name !== ''))];
      if (witnesses.length < 2) reject('notice-witnesses-required');
      if (state.signed) reject('notice-signed');
      return state.refused ? [] : [{ type: 'NoticeRefused', data: { ...act, unitId, reason, witnesses } }];
    }
    case 'ReplyToNotice': {
      mustBeAddressed(by, world, state);
      const { evidence, known } = command.data;
      const text = said(command.data.text, 'notice-text-required');
      if (!evidence.every((id) => known.includes(id))) reject('notice-evidence-invalid');
      if (state.replies.includes(replyKey(text, evidence))) return [];
      const replied: NoticeEvent = { type: 'NoticeReplied', data: { ...act, unitId, text, evidence } };
      // Whoever answers has received it.
      return state.signed ? [replied] : [{ type: 'NoticeSignedFor', data: { ...act, unitId } }, replied];
    }
    case 'ReferToCorrection': {
      const { correction } = command.data;
      if (!has(by, 'system')) reject('notice-not-yours');
      if (state.corrections.some(({ noticeId }) => noticeId === correction.noticeId)) return [];
      return [{ type: 'NoticeCorrected', data: { ...act, correction } }];
    }
    default:
      return assertNever(command);
  }
};

const decide = (command: NoticeCommand, state: NoticeState): readonly NoticeEvent[] => {
  if (command.type === 'IssueNotice') return state.phase === 'absent' ? issueNotice(command) : reject('notice-already-issued');
  return state.phase === 'absent' ? reject('notice-not-found') : decidePresent(command, state);
};

/** A notice 通知文书: issued once and never changed; delivered, signed for, refused and answered. */
export const noticeDecider: Decider<NoticeState, NoticeCommand, NoticeEvent> = { initial: absent, decide, evolve };
