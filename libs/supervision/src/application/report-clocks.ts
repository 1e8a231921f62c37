import { Clock, idFrom, SYSTEM, type CommandId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { SupervisionQueries } from '../read-models/supervision.queries';
import { HandleSupervision } from './handle-supervision';

const AT_A_TIME = 200;

/**
 * Knocks at the cases whose report is due. What a knock does is decided by the case, once, by the server's clock: knocking early,
 * late or again changes nothing.
 */
@Injectable()
export class ReportClocks {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(SupervisionQueries) private readonly queries: SupervisionQueries,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** How many cases moved on. Errors: what stores throw. */
  async knock(): Promise<number> {
    let moved = 0;
    for (const { supervisionId, round, period, dueAt } of await this.queries.due(this.clock.now(), AT_A_TIME)) {
      const commandId = idFrom('supervision-report', supervisionId, round, period, dueAt) as CommandId;
      const intent = { type: 'ReachReports', data: {} } as const;
      const ack = await this.bus.execute(new HandleSupervision(supervisionId, intent, { by: SYSTEM, commandId }));
      if (ack.changed) moved += 1;
    }
    return moved;
  }
}
