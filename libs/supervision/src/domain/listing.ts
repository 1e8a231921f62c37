import { addDays, assertNever, localDateOf } from '@app/kernel';
import { actOf, hasRole, mustDecideListing, mustPropose, mustSay } from './guards';
import { firstReport } from './reports';
import type { DeclineListing, ProposeListing, PutOnList } from './supervision.commands';
import { reject } from './supervision.errors';
import type { SupervisionEvent } from './supervision.events';
import type { SupervisionState } from './supervision.state';
import type { RemovalCriterion, SupervisionPlan, SupervisionSubject } from './supervision.types';

const MOST_DAYS_BETWEEN = 92;

type Proposed = Extract<SupervisionState, { phase: 'proposed' }>;

export const proposeListing = (command: ProposeListing, state: SupervisionState): readonly SupervisionEvent[] => {
  const { by, at, data, supervisionId } = command;
  mustPropose(command);
  const byMachine = hasRole(by, 'system');
  if (state.phase !== 'free') return byMachine ? [] : reject('supervision-open-already');
  const { quietDays, subject, origin, grounds } = data;
  const quiet = byMachine && state.lastEnded !== null && localDateOf(at) < addDays(state.lastEnded, quietDays);
  if (quiet) return [];
  const reason = mustSay(data.reason, 'supervision-reason-required');
  const round = state.round + 1;
  return [{ type: 'ListingProposed', data: { supervisionId, round, subject, origin, reason, grounds, ...actOf(command) } }];
};

export const declineListing = (command: DeclineListing, { round, subject }: Proposed): readonly SupervisionEvent[] => {
  mustDecideListing(command, subject);
  const reason = mustSay(command.data.reason, 'supervision-reason-required');
  return [{ type: 'ListingDeclined', data: { supervisionId: command.supervisionId, round, subject, reason, ...actOf(command) } }];
};

const fits = (criterion: RemovalCriterion, subject: SupervisionSubject): boolean => {
  switch (criterion.kind) {
    case 'open-at-most':
      return subject.kind === 'unit' && Number.isSafeInteger(criterion.n) && criterion.n >= 0;
    case 'no-relapse-for':
      return subject.kind === 'unit' && Number.isSafeInteger(criterion.days) && criterion.days > 0;
    case 'no-overdue':
      return subject.kind === 'unit';
    case 'finding-cleared':
      return subject.kind === 'finding';
    case 'stated':
      return criterion.text.trim() !== '';
    default:
      return assertNever(criterion);
  }
};

const orNull = (text: string | null): string | null => (text === null || text.trim() === '' ? null : text.trim());

const planOf = ({ data, at, world }: PutOnList, subject: SupervisionSubject): SupervisionPlan => {
  const { leaderId, rectifierId, deadline, cadence, criteria } = data;
  if (!world.isLeader(leaderId)) reject('supervision-leader-unknown');
  if (deadline <= localDateOf(at)) reject('supervision-deadline-invalid');
  const { every } = cadence;
  if (!Number.isSafeInteger(every) || every < 1 || every > MOST_DAYS_BETWEEN) {
    reject('supervision-cadence-invalid', { most: MOST_DAYS_BETWEEN });
  }
  if (criteria.length === 0) reject('supervision-criteria-required');
  if (!criteria.every((criterion) => fits(criterion, subject))) reject('supervision-criteria-invalid');
  const measures = mustSay(data.measures, 'supervision-text-required');
  const { funds, emergencyPlan } = data;
  return { leaderId, rectifierId, measures, funds: orNull(funds), emergencyPlan: orNull(emergencyPlan), deadline, cadence, criteria };
};

export const putOnList = (command: PutOnList, { round, subject }: Proposed): readonly SupervisionEvent[] => {
  mustDecideListing(command, subject);
  const reason = mustSay(command.data.reason, 'supervision-reason-required');
  const plan = planOf(command, subject);
  // Decided in the moment between two looks: whoever decides looks again.
  if (command.data.number === '') return reject('supervision-not-proposed');
  return [
    {
      type: 'PutUnderSupervision',
      data: { supervisionId: command.supervisionId, round, subject, number: command.data.number, ...plan, reason, ...actOf(command) },
    },
    firstReport(command, { round, subject, cadence: plan.cadence }),
  ];
};
