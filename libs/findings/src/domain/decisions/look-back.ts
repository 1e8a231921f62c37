import type { LookBack } from '../finding.commands';
import { reject } from '../finding.errors';
import type { FindingEvent } from '../finding.events';
import type { FindingState } from '../finding.state';
import { actOf, mustExist, mustSay } from '../guards';
import { mustLookBack, mustRevoke } from '../reviewers';
import { mustBeCleared, revoked } from './clearance';

/** 回头看 (R26): holds, not thorough (the clearance falls), or relapse (a new finding, filed by the policy). One result per round. */
export const lookBack = (command: LookBack, state: FindingState): readonly FindingEvent[] => {
  const { round, result, relapseId } = command.data;
  if (mustExist(state).core.lookedBack.includes(round.trim())) return [];
  const cleared = mustBeCleared(state);
  mustLookBack(command.by, command.world, cleared.core, cleared.work);
  const text = mustSay(command.data.text);
  const seen = { ...actOf(command), round: mustSay(round), result, text };
  switch (result) {
    case 'holds':
      return [{ type: 'LookedBack', data: { ...seen, relapseId: null } }];
    case 'relapse':
      if (cleared.core.kind === 'task') return reject('task-cannot');
      if (relapseId === null) return reject('relapse-id-required');
      return [{ type: 'LookedBack', data: { ...seen, relapseId } }];
    case 'not-thorough':
      mustRevoke(command.by, command.world, cleared.work);
      return [
        { type: 'LookedBack', data: { ...seen, relapseId: null } },
        revoked(command, cleared, { reason: text, level: '回头看', legIds: [] }),
      ];
  }
};
