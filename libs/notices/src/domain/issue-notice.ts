import { assertNever, stampOf, type Actor, type UnitId } from '@app/kernel';
import type { IssueNotice, LegNow, NoticeWorld, PhotoNow } from './notice.commands';
import { reject } from './notice.errors';
import type { NoticeEvent } from './notice.events';
import { PHOTOS_AT_MOST, type NoticeKind } from './notice.types';

const today = ({ succession }: NoticeWorld, unit: UnitId): UnitId => succession[unit] ?? unit;
const isOffice = (by: Actor, world: NoticeWorld): boolean =>
  by.roles.some((role) => role === 'office' || role === 'office-head') && by.unitId === world.managingOffice;

/** The office; heads of inspection teams their own findings' 限期整改通知单; corrections the head of the office; the ladder its own. */
const mustIssue = ({ by, world, data }: IssueNotice): void => {
  switch (data.issued.kind) {
    case 'assignment':
      return isOffice(by, world) ? undefined : reject('notice-not-yours');
    case 'rectification-notice': {
      if (isOffice(by, world)) return;
      if (!by.roles.includes('team-head')) reject('notice-not-yours');
      if (!data.legs.every(({ teamId }) => today(world, teamId) === today(world, by.unitId))) reject('notice-finding-not-found');
      return;
    }
    case 'correction-notice':
      return isOffice(by, world) && by.roles.includes('office-head') ? undefined : reject('notice-not-yours');
    case 'urging-notice':
    case 'supervision-letter':
      return by.roles.includes('system') ? undefined : reject('notice-not-yours');
    default:
      return assertNever(data.issued.kind);
  }
};

/** What was decided on the ladder, or was wrong on paper, is written whatever became of the leg since. */
const REPORTS: readonly NoticeKind[] = ['urging-notice', 'supervision-letter', 'correction-notice'];

const mustStand = ({ number, leg }: LegNow, kind: NoticeKind, unitId: UnitId, world: NoticeWorld): void => {
  if (REPORTS.includes(kind)) return;
  if (leg === null) return reject('notice-leg-not-delivered', { number });
  if (today(world, leg.unitId) !== today(world, unitId)) reject('notice-leg-of-another-unit', { number });
  if (leg.passed) reject('notice-leg-passed', { number });
  if (kind === 'rectification-notice' && leg.duty === 'guides') reject('notice-leg-guides', { number });
};

const PHASES: readonly string[] = ['before', 'after'];
const MEDIA_TYPES: readonly string[] = ['image/jpeg', 'image/png'];

/** A notice is read by more people than a finding that only named handlers know (R40). */
const mustAnnex = (photos: readonly PhotoNow[]): void => {
  if (photos.length > PHOTOS_AT_MOST) reject('notice-photos-invalid', { max: PHOTOS_AT_MOST });
  for (const { number, file } of photos) {
    if (file === null) return reject('notice-evidence-invalid');
    if (!PHASES.includes(file.phase) || !MEDIA_TYPES.includes(file.mediaType)) reject('notice-photo-unsupported');
    if (file.sensitive) reject('notice-photo-sensitive', { number });
  }
};

/** Issuing is delivering (R17): the unit has it in the system from this moment on. */
export const issueNotice = (command: IssueNotice): readonly NoticeEvent[] => {
  const { by, at, on, world } = command;
  const { issued, legs, photos } = command.data;
  mustIssue(command);
  if (legs.length === 0 && issued.kind !== 'correction-notice') reject('notice-findings-required');
  const seen = new Set<string>();
  for (const one of legs) {
    const leg = `${one.findingId}/${one.legId}`;
    if (seen.has(leg)) reject('notice-finding-twice', { number: one.number });
    seen.add(leg);
    mustStand(one, issued.kind, issued.unitId, world);
  }
  if (issued.kind === 'correction-notice' && (issued.text ?? '').trim() === '') reject('notice-text-required');
  if (issued.kind === 'rectification-notice' && new Set(issued.inspection?.inspectors).size < 2) reject('notice-inspectors-required');
  if (issued.inspection !== null && (issued.inspection.from > issued.inspection.to || issued.inspection.to > on))
    reject('notice-days-invalid');
  if (issued.feedbackBy !== null && issued.feedbackBy < on && !REPORTS.includes(issued.kind)) reject('notice-feedback-day-invalid');
  mustAnnex(photos);
  const act = { at, on, by: stampOf(by) };
  const { unitId, unitName } = issued;
  return [
    { type: 'NoticeIssued', data: { ...act, ...issued } },
    { type: 'NoticeDelivered', data: { ...act, unitId, way: 'in-system', deliveredAt: at, to: unitName } },
  ];
};
