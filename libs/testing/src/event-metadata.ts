import type { EventMetadata } from '@app/event-store';
import { instant, localDate, type CommandId, type PersonId, type UnitId } from '@app/kernel';

/** Of an event in a test where nothing depends on who, when and why. */
export const EVENT_METADATA: EventMetadata = {
  recordedAt: instant('2020-07-06T01:30:00Z'),
  businessDate: localDate('2020-07-06'),
  actor: 'p' as PersonId,
  actingUnit: 'u' as UnitId,
  actingPost: null,
  commandId: 'c' as CommandId,
  causationId: null,
};
