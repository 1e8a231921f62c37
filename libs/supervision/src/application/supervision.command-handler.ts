import { CalendarService } from '@app/calendar';
import { CommandRunner, StaleRevision, type Ack } from '@app/event-store';
import { Clock, DomainError, localDateOf, stampOf, type CommandId, type LocalDate } from '@app/kernel';
import { Directory } from '@app/organisation';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { SupervisionCommand } from '../domain/supervision.commands';
import { supervisionDecider } from '../domain/supervision.decider';
import { SUPERVISION_CASE_TYPES } from '../domain/supervision.event-types';
import type { SupervisionState } from '../domain/supervision.state';
import type { CriterionCheck, SupervisionId, SupervisionSubject } from '../domain/supervision.types';
import { CaseFigureService } from './case-figures';
import { SupervisionNumbers } from './supervision-numbers';
import { mustBeSubject, supervisionWorldOf } from './supervision-world';
import { HandleSupervision, supervisionStream, type SupervisionIntent } from './handle-supervision';

const subjectOf = (intent: SupervisionIntent, state: SupervisionState): SupervisionSubject | null => {
  if (intent.type === 'ProposeListing') return intent.data.subject;
  return state.phase === 'free' ? null : state.subject;
};

const refuses = (act: () => unknown): boolean => {
  try {
    act();
    return false;
  } catch (error) {
    if (error instanceof DomainError) return true;
    throw error;
  }
};

const CHECKED: ReadonlySet<SupervisionIntent['type']> = new Set(['AskRemoval', 'RefuseRemoval', 'ApproveRemoval']);

@CommandHandler(HandleSupervision)
export class SupervisionCommandHandler implements ICommandHandler<HandleSupervision> {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(CalendarService) private readonly calendars: CalendarService,
    @Inject(CaseFigureService) private readonly figures: CaseFigureService,
    @Inject(SupervisionNumbers) private readonly numbers: SupervisionNumbers,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute({ supervisionId, intent, options }: HandleSupervision): Promise<Ack> {
    const at = this.clock.now();
    const on = localDateOf(at);
    const stream = supervisionStream(supervisionId);
    const of = { stream, decider: supervisionDecider, types: SUPERVISION_CASE_TYPES };
    const { state } = await this.runner.load(of);
    const view = await this.directory.view();
    if (intent.type === 'ProposeListing') mustBeSubject(intent.data.subject, view);
    const { by, commandId, expected, causationId } = options;
    const act = { supervisionId, by, at, on, calendar: this.calendars.calendar() };
    const world = supervisionWorldOf(view, subjectOf(intent, state), on);
    const data = CHECKED.has(intent.type) ? { ...intent.data, checks: await this.checks(state) } : intent.data;
    const run = (more: object): Promise<Ack> => {
      // The intent is one member of the union; spreading loses that, the value does not.
      const command = { ...act, world, type: intent.type, data: { ...data, ...more } } as SupervisionCommand;
      return this.runner.run({ ...of, command, commandId, expected, causationId, act: { at, on, by: stampOf(by) } });
    };
    if (intent.type !== 'PutOnList') return run({});
    // Refused before a number is taken, so that a series has no gaps but those of a crash; the same command again gets its first answer.
    const refused = refuses(() =>
      supervisionDecider.decide({ ...act, world, type: 'PutOnList', data: { ...intent.data, number: '—' } }, state),
    );
    return refused ? run({ number: '' }) : this.numbered(on, commandId, supervisionId, (number) => run({ number }));
  }

  private async numbered(on: LocalDate, commandId: CommandId, id: SupervisionId, run: (number: string) => Promise<Ack>): Promise<Ack> {
    const number = await this.numbers.take(on, commandId, id);
    try {
      const ack = await run(number);
      await this.numbers.settle(on, commandId, 'used');
      return ack;
    } catch (error) {
      if (error instanceof DomainError || error instanceof StaleRevision) {
        await this.numbers.settle(on, commandId, 'void', error instanceof DomainError ? error.code : 'stale');
      }
      throw error;
    }
  }

  private async checks(state: SupervisionState): Promise<readonly CriterionCheck[]> {
    return state.phase === 'listed' ? this.figures.check(state.subject, state.plan.criteria) : [];
  }
}
