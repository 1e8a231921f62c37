import { assertNever, type Decider } from '@app/kernel';
import { hasRole } from './guards';
import { declineListing, proposeListing, putOnList } from './listing';
import { approveRemoval, askRemoval, refuseRemoval } from './removal';
import { giveReport, reached } from './reports';
import type { SupervisionCommand } from './supervision.commands';
import { reject } from './supervision.errors';
import type { SupervisionEvent } from './supervision.events';
import { evolve, INITIAL, type Listed, type SupervisionState } from './supervision.state';

const mustBeProposed = (state: SupervisionState): Extract<SupervisionState, { phase: 'proposed' }> => {
  if (state.phase === 'proposed') return state;
  return reject(state.round === 0 ? 'supervision-not-found' : 'supervision-not-proposed');
};
const mustBeListed = (state: SupervisionState): Listed => {
  if (state.phase === 'listed') return state;
  return reject(state.round === 0 ? 'supervision-not-found' : 'supervision-not-listed');
};

const decide = (command: SupervisionCommand, state: SupervisionState): readonly SupervisionEvent[] => {
  switch (command.type) {
    case 'ProposeListing':
      return proposeListing(command, state);
    case 'DeclineListing':
      return declineListing(command, mustBeProposed(state));
    case 'PutOnList':
      return putOnList(command, mustBeProposed(state));
    case 'ReachReports':
      if (!hasRole(command.by, 'system')) return reject('supervision-not-yours');
      return state.phase === 'listed' ? reached(command, state) : [];
    case 'GiveReport':
      return giveReport(command, mustBeListed(state));
    case 'AskRemoval':
      return askRemoval(command, mustBeListed(state));
    case 'RefuseRemoval':
      return refuseRemoval(command, mustBeListed(state));
    case 'ApproveRemoval':
      return approveRemoval(command, mustBeListed(state));
    default:
      return assertNever(command);
  }
};

export const supervisionDecider: Decider<SupervisionState, SupervisionCommand, SupervisionEvent> = { initial: INITIAL, decide, evolve };
