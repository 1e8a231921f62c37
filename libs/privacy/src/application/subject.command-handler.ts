import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CommandRunner, type Ack, type EventTypeSpec } from '@app/event-store';
import { assertNever, type Act, type CommandId, type SubjectId } from '@app/kernel';
import { subjectDecider, type SubjectCommand, type SubjectEvent } from '../domain/subject.decider';
import { Sealer } from './sealer';

export const SUBJECT_EVENT_TYPES = {
  PersonalDataRead: { version: 1 },
  SubjectErased: { version: 1 },
} satisfies Record<SubjectEvent['type'], EventTypeSpec>;

export type SubjectRequest =
  | Readonly<{ type: 'ReadPersonalData'; data: Readonly<{ fields: readonly string[]; purpose: string }> }>
  | Readonly<{ type: 'EraseSubject'; data: Readonly<{ basis: string }> }>;

/** Record a reading before showing anything; erase a subject. */
export class HandleSubject extends Command<Ack> {
  constructor(
    readonly subjectId: SubjectId,
    readonly request: SubjectRequest,
    readonly act: Act,
    readonly commandId: CommandId,
  ) {
    super();
  }
}

@CommandHandler(HandleSubject)
export class SubjectCommandHandler implements ICommandHandler<HandleSubject> {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(Sealer) private readonly sealer: Sealer,
  ) {}

  async execute({ subjectId, request, act, commandId }: HandleSubject): Promise<Ack> {
    const command = this.commandOf(subjectId, request, act);
    const stream = `subject-${subjectId}`;
    const ack = await this.runner.run({ stream, decider: subjectDecider, command, commandId, types: SUBJECT_EVENT_TYPES, act });
    // After the event, so that no key goes without a record; repeated with the command when a crash came between.
    if (request.type === 'EraseSubject') await this.sealer.shred(subjectId);
    return ack;
  }

  private commandOf(subjectId: SubjectId, request: SubjectRequest, act: Act): SubjectCommand {
    switch (request.type) {
      case 'ReadPersonalData':
        return { type: request.type, data: { ...act, subjectId, ...request.data } };
      case 'EraseSubject':
        return { type: request.type, data: { ...act, subjectId, ...request.data } };
      default:
        return assertNever(request);
    }
  }
}
