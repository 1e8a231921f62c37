import { daysBetween, localDateOf } from '@app/kernel';
import { actOf, mustAskRemoval, mustDecideRemoval, mustSay } from './guards';
import { reached } from './reports';
import type { ApproveRemoval, AskRemoval, RefuseRemoval } from './supervision.commands';
import { reject } from './supervision.errors';
import type { SupervisionEvent } from './supervision.events';
import type { Listed } from './supervision.state';

export const askRemoval = (command: AskRemoval, { round, subject, plan, removalAsked }: Listed): readonly SupervisionEvent[] => {
  mustAskRemoval(command, subject);
  if (removalAsked) return reject('supervision-removal-asked');
  const { checks } = command.data;
  const answers = command.data.answers.map((answer) => answer.trim());
  if (answers.length !== plan.criteria.length || answers.includes('')) reject('supervision-answers-required');
  return [{ type: 'RemovalAsked', data: { supervisionId: command.supervisionId, round, subject, answers, checks, ...actOf(command) } }];
};

export const refuseRemoval = (command: RefuseRemoval, { round, subject, removalAsked }: Listed): readonly SupervisionEvent[] => {
  mustDecideRemoval(command, subject);
  if (!removalAsked) return reject('supervision-removal-not-asked');
  const { checks } = command.data;
  const reason = mustSay(command.data.reason, 'supervision-reason-required');
  return [{ type: 'RemovalRefused', data: { supervisionId: command.supervisionId, round, subject, reason, checks, ...actOf(command) } }];
};

/** Against the figures only with a reason, which stands in the event beside the check. */
export const approveRemoval = (command: ApproveRemoval, listed: Listed): readonly SupervisionEvent[] => {
  const { data, at, supervisionId } = command;
  const { round, subject, since } = listed;
  mustDecideRemoval(command, subject);
  if (!listed.removalAsked) return reject('supervision-removal-not-asked');
  const reason = (data.reason ?? '').trim();
  const unmet = data.checks.filter(({ met }) => met === false).length;
  if (unmet > 0 && reason === '') reject('supervision-unmet-required', { unmet });
  const days = daysBetween(since, localDateOf(at)) + 1;
  return [
    ...reached(command, listed),
    {
      type: 'SupervisionRemoved',
      data: { supervisionId, round, subject, reason: reason === '' ? null : reason, checks: data.checks, days, ...actOf(command) },
    },
  ];
};
