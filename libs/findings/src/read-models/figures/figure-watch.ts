import { localDateOf, type LegId, type LocalDate } from '@app/kernel';
import type { FindingEvent } from '../../domain/finding.events';
import { legsOf, type FindingState } from '../../domain/finding.state';

/** What only the leaders' pages ask for. Days of recording: what nobody has touched is no matter of claims. */
export type Watch = Readonly<{
  /** By leg: the last day on which its unit did something about it, or on which it came (back) to the unit. */
  touched: Readonly<Record<LegId, LocalDate>>;
  /** The second closure of an upper-level finding (R23). */
  upperCleared: LocalDate | null;
}>;
export const NO_WATCH: Watch = { touched: {}, upperCleared: null };

/** Legs that an event brings (back) to their unit, or on which their unit acts by it. */
const legsTouched = (event: FindingEvent, before: FindingState): readonly LegId[] => {
  switch (event.type) {
    case 'LegDelivered':
    case 'ReturnRuled':
    case 'LegReturned':
    case 'LegAssigned':
    case 'LegPlanned':
    case 'ProgressRecorded':
    case 'ExtensionAsked':
    case 'PauseAsked':
    case 'PauseEnded':
    case 'ItemsAnswered':
    case 'GuidanceGiven':
    case 'LegReported':
    case 'LegFirstReviewed':
    case 'LegSubmitted':
    case 'OpinionGiven':
    case 'RectifiedOnTheSpot':
      return [event.data.legId];
    case 'LegSignedFor':
      // Deemed signed is the clock's doing (R17).
      return event.data.deemed ? [] : [event.data.legId];
    case 'LegSentBack':
      return [event.data.legId, ...event.data.reopened.map((leg) => leg.legId)];
    case 'ClearanceRevoked':
      return event.data.legs.map((leg) => leg.legId);
    case 'CommentAdded':
    case 'EvidenceAdded':
    case 'ItemsAdded':
    case 'InstructionReplied':
      return 'work' in before && before.work !== null
        ? legsOf(before.work).flatMap((leg) => (leg.unitId === event.data.by.unitId ? [leg.legId] : []))
        : [];
    default:
      return [];
  }
};

export const watchAfter = (watch: Watch, before: FindingState, event: FindingEvent): Watch => {
  const day = localDateOf(event.data.at);
  if (event.type === 'UpperCleared') return { ...watch, upperCleared: day };
  const touched = legsTouched(event, before);
  return touched.length === 0 ? watch : { ...watch, touched: { ...watch.touched, ...Object.fromEntries(touched.map((id) => [id, day])) } };
};
