import { CommandRunner, ConcurrencyConflict, type Ack } from '@app/event-store';
import { refusalOf } from '@app/findings';
import { Clock, DomainError, idFrom, localDateOf, stampOf, type CommandId } from '@app/kernel';
import { Directory } from '@app/organisation';
import { Inject } from '@nestjs/common';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { jointDraftText } from '../domain/draft-text';
import { ESCALATION_ERRORS, reject } from '../domain/escalation.errors';
import { TOGETHER_EVENT_TYPES } from '../domain/escalation.event-types';
import type { RungIssued, RungsChosen } from '../domain/escalation.events';
import type { Addressee, ChosenRung } from '../domain/escalation.types';
import { togetherDecider, type TogetherCommand } from '../domain/together.decider';
import { standingUnit } from './addressees';
import { HandleLadder } from './handle-ladder';
import { HandleRungsTogether, togetherStream, type RungOutcome, type RungsTogether, type TogetherAck } from './handle-rungs-together';

/** A rung as it was issued under this choice, or why it was not. */
type Tried = RungOutcome & Readonly<{ addressees: readonly Addressee[]; position: bigint }>;
type Wanted = TogetherCommand extends infer C ? (C extends TogetherCommand ? Pick<C, 'type' | 'data'> : never) : never;

/** Every step may be repeated: what breaks down between two is taken up again, and nothing goes out twice. */
@CommandHandler(HandleRungsTogether)
export class RungsTogetherHandler implements ICommandHandler<HandleRungsTogether> {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(request: HandleRungsTogether): Promise<TogetherAck> {
    const { id, together, options } = request;
    if (together !== null) await this.run(request, options.commandId, { type: 'ChooseRungs', data: await this.chosenOf(together) });
    const { chosen } = (await this.runner.load(this.streamOf(id))).state;
    if (chosen === null) return reject('rungs-not-found');
    const tried: Tried[] = [];
    for (const rung of chosen.rungs) tried.push(await this.issue(request, chosen, rung));
    const issued = tried.filter(({ refusal }) => refusal === null);
    let position = issued.reduce((last, one) => (one.position > last ? one.position : last), 0n);
    if (issued.length > 0) {
      const rungs = issued.map(({ findingId, legId, dueAt }) => ({ findingId, legId, dueAt }));
      const addressees = [...new Map(issued.flatMap((one) => one.addressees).map((one) => [JSON.stringify(one), one])).values()];
      const closing = idFrom('rungs-together', id, ...rungs.flatMap(({ findingId, legId, dueAt }) => [findingId, legId, dueAt]));
      position = (await this.run(request, closing as CommandId, { type: 'CloseRungs', data: { rungs, addressees } })).position;
    }
    return { position, outcomes: tried.map(({ findingId, legId, dueAt, refusal }) => ({ findingId, legId, dueAt, refusal })) };
  }

  private async chosenOf({ rung, unitId, rungs, addressees, text, replyBy }: RungsTogether) {
    const view = await this.directory.view();
    const unit = standingUnit(view, unitId);
    return { rung, unitId: unit, rungs, addressees, text: text ?? jointDraftText(rung, view.unit(unit)?.name ?? unit), replyBy };
  }

  private async issue({ id, options }: HandleRungsTogether, chosen: RungsChosen['data'], of: ChosenRung): Promise<Tried> {
    const { rung, unitId, addressees, text, replyBy } = chosen;
    const { findingId, legId, dueAt } = of;
    const data = { rung, dueAt, addressees: addressees ?? undefined, text, replyBy, together: { id, unitId } };
    const commandId = idFrom('rungs-together', id, findingId, legId, dueAt) as CommandId;
    try {
      const { by, on, causationId } = options;
      const ack = await this.bus.execute(
        new HandleLadder(findingId, legId, { type: 'IssueRung', data }, { commandId, by, on, causationId }),
      );
      const [issued] = ack.events as readonly Pick<RungIssued, 'data'>[];
      return { ...of, refusal: null, addressees: issued?.data.addressees ?? [], position: ack.position };
    } catch (error) {
      return { ...of, refusal: told(error), addressees: [], position: 0n };
    }
  }

  private streamOf(id: string) {
    return { stream: togetherStream(id), decider: togetherDecider, types: TOGETHER_EVENT_TYPES };
  }

  private run({ id, options }: HandleRungsTogether, commandId: CommandId, wanted: Wanted): Promise<Ack> {
    const { by, causationId } = options;
    const at = this.clock.now();
    const on = options.on ?? localDateOf(at);
    // Type and data are of one member of the union; spreading loses that, the value does not.
    const command = { ...wanted, by, at, on } as TogetherCommand;
    return this.runner.run({ ...this.streamOf(id), command, commandId, causationId, act: { at, on, by: stampOf(by) } });
  }
}

const told = (error: unknown): NonNullable<RungOutcome['refusal']> => {
  if (error instanceof DomainError) return refusalOf(error.code, error.sentence);
  if (error instanceof ConcurrencyConflict) return refusalOf('rung-decided', ESCALATION_ERRORS['rung-decided']);
  throw error;
};
