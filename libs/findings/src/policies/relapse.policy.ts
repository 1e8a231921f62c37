import type { RecordedEvent } from '@app/event-store';
import { idFrom, type Actor, type CommandId, type FindingId } from '@app/kernel';
import type { Policy } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { FindingHistories, type FindingHistory } from '../application/finding-history';
import { FindingNumbers } from '../application/finding-numbers';
import { findingIdOf } from '../application/finding-stream';
import { HandleFinding, type FindingIntent } from '../application/handle-finding';
import type { FindingEvent, LookedBack } from '../domain/finding.events';

const fileAgain = ({ filed }: FindingHistory, relapseOf: FindingId, seen: LookedBack['data'], number: string): FindingIntent => {
  const { at: _at, on: _on, by: _by, triageDue: _due, ...data } = filed;
  return {
    type: 'FileFinding',
    data: {
      ...data,
      number,
      relapseOf,
      text: `${filed.text}（回头看发现反弹：${seen.text}）`,
      source: { kind: 'inspection', name: seen.round, batch: null, documentNumber: null },
      teamId: seen.by.unitId,
      foundOn: seen.on,
      // The old list shows it in its column of relapses (R26); a list never grows by itself.
      list: null,
      parentId: null,
      upper: null,
      selfFound: false,
      items: [],
      capturedAt: null,
      lateEntry: null,
    },
  };
};

/** A relapse found in looking back is a new finding, filed in the name of whoever looked (R26, R11). */
@Injectable()
export class RelapsePolicy implements Policy {
  readonly name = 'relapse';
  readonly handles: readonly string[] = ['LookedBack'] satisfies readonly FindingEvent['type'][];

  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(FindingHistories) private readonly histories: FindingHistories,
    @Inject(FindingNumbers) private readonly numbers: FindingNumbers,
  ) {}

  async react(stored: RecordedEvent): Promise<void> {
    const event = { type: stored.type, data: stored.data } as FindingEvent;
    if (event.type !== 'LookedBack' || event.data.relapseId === null) return;
    const old = findingIdOf(stored.stream);
    const history = await this.histories.of(old);
    if (history === null) return;
    const { relapseId, by, on } = event.data;
    const commandId = idFrom(stored.id, this.name) as CommandId;
    const number = await this.numbers.take(commandId, relapseId);
    const finder: Actor = { ...by, roles: ['inspector'] };
    const options = { commandId, by: finder, on, causationId: stored.id };
    await this.bus.execute(new HandleFinding(relapseId, fileAgain(history, old, event.data, number), options));
    await this.numbers.settle(commandId, 'used');
  }
}
