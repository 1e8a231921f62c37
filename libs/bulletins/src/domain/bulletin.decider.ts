import { assertNever, stampOf, type Act, type Actor, type Decider } from '@app/kernel';
import type { BulletinCommand, IssueBulletin } from './bulletin.commands';
import { reject } from './bulletin.errors';
import type { BulletinEvent } from './bulletin.events';
import type { CorrectionLine } from './bulletin.types';
import { isPeriodOf } from './periods';

export type BulletinState = Readonly<{
  status: 'absent' | 'issued';
  /** What the corrections so far say, by number. */
  corrected: Readonly<Record<string, number>>;
}>;
const absent: BulletinState = { status: 'absent', corrected: {} };

const keyOf = ({ scope, id, figure }: CorrectionLine): string => `${scope}/${id}/${figure}`;

const evolve = (state: BulletinState, event: BulletinEvent): BulletinState => {
  switch (event.type) {
    case 'BulletinIssued':
      return { ...state, status: 'issued' };
    case 'BulletinCorrected':
      return { ...state, corrected: { ...state.corrected, ...Object.fromEntries(event.data.lines.map((line) => [keyOf(line), line.is])) } };
    default:
      return assertNever(event);
  }
};

const mayBeIssued = ({ data: { content, last, lastClosedDay } }: IssueBulletin): void => {
  const { kind, period, total, number, year, title, texts } = content;
  if (!isPeriodOf(kind, period)) reject('bulletin-period-invalid');
  if (period.to > lastClosedDay) reject('bulletin-period-open', { day: lastClosedDay });
  if (last !== null && period.from <= last.to) reject('bulletin-period-overlaps', { day: last.to });
  if (total !== (last?.total ?? 0) + 1 || number !== (last?.year === year ? last.number + 1 : 1)) reject('bulletin-out-of-order');
  if (title.trim() === '' || texts.overall.trim() === '') reject('bulletin-text-required');
};

/** Errors: bulletin-not-yours. */
export const mayWrite = ({ roles }: Actor): void => {
  if (!roles.some((role) => role === 'office' || role === 'office-head')) reject('bulletin-not-yours');
};

const decide = (command: BulletinCommand, state: BulletinState): readonly BulletinEvent[] => {
  mayWrite(command.by);
  const act: Act = { at: command.at, on: command.on, by: stampOf(command.by) };
  switch (command.type) {
    case 'IssueBulletin': {
      const { content, contentHash } = command.data;
      if (state.status !== 'absent') return reject('bulletin-already-issued', { id: content.bulletinId });
      mayBeIssued(command);
      return [{ type: 'BulletinIssued', data: { ...act, ...content, contentHash } }];
    }
    case 'CorrectBulletin': {
      const { lines, reason, position } = command.data;
      if (state.status === 'absent') return reject('bulletin-not-found');
      if (reason.trim() === '') return reject('bulletin-reason-required');
      if (lines.length === 0) return reject('bulletin-nothing-to-correct');
      // What was published is the measure, and a correction that was overtaken may be taken back.
      const told = lines.filter((line) => line.is !== (state.corrected[keyOf(line)] ?? line.was));
      return told.length === 0 ? [] : [{ type: 'BulletinCorrected', data: { ...act, lines: told, reason: reason.trim(), position } }];
    }
    default:
      return assertNever(command);
  }
};

export const bulletinDecider: Decider<BulletinState, BulletinCommand, BulletinEvent> = { initial: absent, decide, evolve };
