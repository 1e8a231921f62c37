import { CommandRunner } from '@app/event-store';
import { Clock, localDateOf, stampOf } from '@app/kernel';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { BulletinCommand } from '../domain/bulletin.commands';
import { bulletinDecider, mayWrite } from '../domain/bulletin.decider';
import { BULLETIN_EVENT_TYPES } from '../domain/bulletin.event-types';
import type { BulletinId } from '../domain/bulletin.types';
import { BulletinQueries } from '../read-models/bulletin.queries';
import { BulletinDesk } from './bulletin-desk';
import { BulletinDrafts } from './bulletin-drafts';
import { HandleBulletin, type BulletinAck } from './handle-bulletin';

type Decided = Readonly<{ bulletinId: BulletinId; command: Pick<BulletinCommand, 'type' | 'data'> }>;

@CommandHandler(HandleBulletin)
export class BulletinCommandHandler implements ICommandHandler<HandleBulletin> {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(BulletinDesk) private readonly desk: BulletinDesk,
    @Inject(BulletinQueries) private readonly bulletins: BulletinQueries,
    @Inject(BulletinDrafts) private readonly drafts: BulletinDrafts,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute({ intent, options }: HandleBulletin): Promise<BulletinAck> {
    const { commandId, by, expected } = options;
    // Before figures of the county are read for somebody.
    mayWrite(by);
    const at = this.clock.now();
    const on = options.on ?? localDateOf(at);
    const { bulletinId, command } = await this.prepared({ intent, options: { ...options, on } });
    const ack = await this.runner.run({
      stream: `bulletin-${bulletinId}`,
      decider: bulletinDecider,
      types: BULLETIN_EVENT_TYPES,
      // The prepared pair is one member of the union; spreading loses that, the value does not.
      command: { ...command, by, at, on } as BulletinCommand,
      commandId,
      expected,
      act: { at, on, by: stampOf(by) },
    });
    if (intent.type === 'IssueBulletin') await this.drafts.drop(intent.data, by);
    return { ...ack, bulletinId };
  }

  private async prepared({ intent, options: { commandId, by, on } }: Pick<HandleBulletin, 'intent' | 'options'>): Promise<Decided> {
    switch (intent.type) {
      case 'IssueBulletin': {
        const composed = await this.desk.compose(intent.data, by, on ?? localDateOf(this.clock.now()));
        // The number follows from the last issue; a repeated command finds the one that it made itself.
        const made = await this.bulletins.madeBy(commandId);
        return { bulletinId: made ?? composed.content.bulletinId, command: { type: 'IssueBulletin', data: composed } };
      }
      case 'CorrectBulletin': {
        const { bulletinId, numbers, reason } = intent.data;
        const { position, lines } = await this.desk.corrections(bulletinId);
        const wanted = lines.filter((line) => numbers.some((n) => n.scope === line.scope && n.id === line.id && n.figure === line.figure));
        return { bulletinId, command: { type: 'CorrectBulletin', data: { lines: wanted, reason, position } } };
      }
    }
  }
}
