import { dueGiven, effectiveDelivery, innerOfUpper } from '@app/worktime';
import type { RecordUpperAnswer, RecordUpperClearance } from '../finding.commands';
import { reject } from '../finding.errors';
import type { FindingEvent } from '../finding.events';
import { legsOf, type Core, type FindingState } from '../finding.state';
import { deadlineKey, type UpperReference } from '../finding.types';
import { actOf, mustBeOffice, mustExist, mustSay } from '../guards';

const mustBeUpper = (core: Core): UpperReference => core.upper ?? reject('not-upper-level');
const mustCite = (documentNumber: string): string => {
  const cited = documentNumber.trim();
  return cited === '' ? reject('document-number-required') : cited;
};

const isOpen = (state: FindingState): boolean => state.phase === 'filed' || state.phase === 'accepted' || state.phase === 'assigned';

/** What the authority's own answer does to a finding that is still open (R23); the county adds nothing to it. */
const consequences = (command: RecordUpperAnswer, state: FindingState, documentNumber: string): readonly FindingEvent[] => {
  const { answer, text, due } = command.data;
  const act = actOf(command);
  switch (answer) {
    case 'dismissed':
      return [{ type: 'FindingDismissed', data: { ...act, reason: text.trim(), teamNote: documentNumber } }];
    // Merged by the authority into another of its own numbers: this one leaves the count.
    case 'merged':
      return [{ type: 'FindingWithdrawn', data: { ...act, origin: 'source', reason: text.trim(), documentNumber } }];
    case 'extended':
    case 'other': {
      if (due === null || state.phase !== 'assigned') return [];
      const { calendar } = command.world;
      const upper = dueGiven({ day: due, source: 'upper', reference: documentNumber, calendar });
      const inner = innerOfUpper(upper, calendar);
      const holds = inner.day > effectiveDelivery(command.at, calendar) ? inner : upper;
      // What was handed in may come back: then the authority's new date holds for it too.
      const legs = legsOf(state.work).filter((leg) => leg.duty === 'acts' && leg.stage !== 'passed');
      return legs.map(({ legId }) => ({
        type: 'DueTimeMoved',
        data: { ...act, key: deadlineKey('rectify', legId), legId, due: holds, because: 'upper' },
      }));
    }
  }
};

export const recordUpperAnswer = (command: RecordUpperAnswer, state: FindingState): readonly FindingEvent[] => {
  const known = mustExist(state);
  mustBeOffice(command.by, command.world);
  mustBeUpper(known.core);
  const documentNumber = mustCite(command.data.documentNumber);
  if (known.core.upperAnswers.includes(documentNumber)) return [];
  const { answer, due } = command.data;
  return [
    { type: 'UpperAnswerRecorded', data: { ...actOf(command), answer, documentNumber, text: mustSay(command.data.text), due } },
    ...(isOpen(known) ? consequences(command, known, documentNumber) : []),
  ];
};

/** The second closure, after the county's own (R23). */
export const recordUpperClearance = (command: RecordUpperClearance, state: FindingState): readonly FindingEvent[] => {
  const known = mustExist(state);
  mustBeOffice(command.by, command.world);
  mustBeUpper(known.core);
  if (known.core.upperCleared) return [];
  if (known.phase !== 'cleared' && known.phase !== 'long-term') return reject('county-not-cleared');
  const documentNumber = mustCite(command.data.documentNumber);
  return [{ type: 'UpperCleared', data: { ...actOf(command), documentNumber, text: command.data.text.trim() } }];
};
