import type { RungIssued } from '@app/escalation';
import type { RecordedEvent } from '@app/event-store';
import { instant, localDate, stampOf, SYSTEM, type FindingId, type LegId, type PersonId, type UnitId } from '@app/kernel';
import { EVENT_METADATA } from '@app/testing';
import type { CommandBus } from '@nestjs/cqrs';
import { supervisionIdOf, type HandleSupervision } from './handle-supervision';
import { ListingRungPolicy } from './listing-rung.policy';

const by = { ...stampOf(SYSTEM), personId: 'office-head' as PersonId };
const issued = (rung: RungIssued['data']['rung']): RecordedEvent => {
  const at = instant('2020-07-20T02:00:00Z');
  const data = {
    findingId: 'f' as FindingId,
    number: 'QL-2020-0001',
    legId: 'T' as LegId,
    unitId: 'town' as UnitId,
    dueAt: instant('2020-07-01T09:30:00Z'),
    rung,
    addressees: [],
    text: '超期十五个工作日，建议挂牌。',
    replyBy: null,
    changed: false,
    at,
    on: localDate('2020-07-20'),
    by,
  };
  return { id: 'e1', stream: 'ladder-f', revision: 0n, position: 1n, type: 'RungIssued', version: 1, metadata: EVENT_METADATA, data };
};
const sentAfter = async (...events: readonly RecordedEvent[]): Promise<readonly HandleSupervision[]> => {
  const sent: HandleSupervision[] = [];
  const bus = {
    execute: (command: HandleSupervision) => {
      sent.push(command);
      return Promise.resolve();
    },
  };
  const policy = new ListingRungPolicy(bus as unknown as CommandBus);
  for (const event of events) await policy.react(event);
  return sent;
};

describe('The top rung of the ladder', () => {
  it('issued by a named person proposes its finding for the list, with its words and its cause', async () => {
    const [command] = await sentAfter(issued('listing'));
    const subject = { kind: 'finding', findingId: 'f', number: 'QL-2020-0001', unitIds: ['town'] } as const;
    expect(command?.supervisionId).toBe(supervisionIdOf(subject as never));
    expect(command?.intent).toStrictEqual({
      type: 'ProposeListing',
      data: {
        subject,
        origin: { kind: 'rung', eventId: 'e1', issuedBy: 'office-head' },
        reason: '超期十五个工作日，建议挂牌。',
        grounds: null,
        quietDays: 0,
      },
    });
    expect([command?.options.by, command?.options.causationId]).toStrictEqual([SYSTEM, 'e1']);
  });
  it('read again sends the same command, which stores nothing twice', async () => {
    const [first, second] = await sentAfter(issued('listing'), issued('listing'));
    expect(second?.options.commandId).toBe(first?.options.commandId);
  });
  it.each(['urging', 'supervision-letter', 'interview'] as const)('is not the rung %s', async (rung) =>
    expect(await sentAfter(issued(rung))).toStrictEqual([]),
  );
});
