import { idFrom, type Act, type CommandId, type Message } from '@app/kernel';
import type { EventCodec } from './codec';
import type { EventMetadata, EventToAppend } from './event-store.port';

/** What of a command goes into the envelope of its events. */
type Commanded = Readonly<{ commandId: CommandId; act: Act; causationId?: string | null | undefined }>;

/** The events of one command as they are stored: their ids follow from the command and their place in it. */
export const eventsOf = (
  { commandId, act, causationId = null }: Commanded,
  decided: readonly Message<string, unknown>[],
  codec: Pick<EventCodec, 'versionOf'>,
): readonly EventToAppend[] => {
  const metadata: EventMetadata = {
    recordedAt: act.at,
    businessDate: act.on,
    actor: act.by.personId,
    actingUnit: act.by.unitId,
    actingPost: act.by.postId,
    commandId,
    causationId,
  };
  return decided.map(({ type, data }, index) => ({ id: idFrom(commandId, index), type, version: codec.versionOf(type), data, metadata }));
};
