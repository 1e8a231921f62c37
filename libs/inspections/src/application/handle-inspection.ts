import { CommandRunner, type Ack } from '@app/event-store';
import { Clock, localDateOf, stampOf, type Actor, type CommandId, type LocalDate, type Role } from '@app/kernel';
import { Directory, type DirectoryView } from '@app/organisation';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { InspectionCommand } from '../domain/inspection.commands';
import { inspectionDecider } from '../domain/inspection.decider';
import { reject } from '../domain/inspection.errors';
import type { InspectionId, InspectionPlan } from '../domain/inspection.types';
import { INSPECTION_TASK_TYPES } from './inspection.event-types';

export const inspectionStream = (id: InspectionId): string => `inspection-${id}`;

type Intent<C> = C extends InspectionCommand ? Readonly<{ type: C['type']; data: Omit<C['data'], 'inspectionId'> }> : never;
/** What somebody wants done with a task; who, when and in which world is added by the handler. */
export type InspectionIntent = Intent<InspectionCommand>;

/** One command on one inspection task. Errors: DomainError with a code of `INSPECTION_ERRORS`, and those of CommandRunner. */
export class HandleInspection extends Command<Ack> {
  constructor(
    readonly inspectionId: InspectionId,
    readonly intent: InspectionIntent,
    readonly by: Actor,
    readonly commandId: CommandId,
    readonly expected?: bigint,
  ) {
    super();
  }
}

const GOES_OUT: ReadonlySet<Role> = new Set(['inspector', 'team-head', 'office', 'office-head', 'independent-verifier']);
const SENDS_OUT: ReadonlySet<string> = new Set(['team', 'office', 'independent']);

/** What a plan names must exist: a phone in a village cannot ask again. */
const mustRefer = ({ teamId, members, villages }: InspectionPlan, view: DirectoryView, today: LocalDate): void => {
  const team = view.unit(teamId);
  if (team === undefined || team.status !== 'active' || !SENDS_OUT.has(team.kind)) reject('inspection-team-unknown');
  const goesOut = (person: (typeof members)[number]): boolean =>
    view.postsOf(person, today).some(({ post }) => post.roles.some((role) => GOES_OUT.has(role)));
  if (!members.every(goesOut)) reject('inspection-member-unknown');
  if (!villages.every((id) => view.unit(id)?.kind === 'village')) reject('inspection-village-unknown');
};

@CommandHandler(HandleInspection)
export class InspectionCommandHandler implements ICommandHandler<HandleInspection> {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute({ inspectionId, intent, by, commandId, expected }: HandleInspection): Promise<Ack> {
    const at = this.clock.now();
    const on = localDateOf(at);
    const view = await this.directory.view();
    if (intent.type !== 'EndInspection') mustRefer(intent.data, view, on);
    const world = { managingOffice: view.managingOffice()?.id ?? null, succession: view.succession() };
    // The intent is one member of the union; spreading loses that, the value does not.
    const command = { type: intent.type, data: { inspectionId, ...intent.data }, by, at, on, world } as InspectionCommand;
    return this.runner.run({
      stream: inspectionStream(inspectionId),
      decider: inspectionDecider,
      command,
      commandId,
      expected,
      types: INSPECTION_TASK_TYPES,
      act: { at, on, by: stampOf(by) },
    });
  }
}
