import { CalendarService } from '@app/calendar';
import { CommandRunner, type Ack } from '@app/event-store';
import { FindingReader, type FindingState } from '@app/findings';
import { assertNever, Clock, localDateOf, stampOf, type Instant } from '@app/kernel';
import { Directory, type DirectoryView } from '@app/organisation';
import { addWorkingDays, workingDaysBetween } from '@app/worktime';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { draftText } from '../domain/draft-text';
import { reject } from '../domain/escalation.errors';
import { LADDER_EVENT_TYPES, LADDER_RULE_EVENT_TYPES } from '../domain/escalation.event-types';
import type { LegClock, PlannedStep, Rung } from '../domain/escalation.types';
import { ladderRulesDecider } from '../domain/ladder-rules.decider';
import type { DecidingWorld, LadderCommand } from '../domain/ladder.commands';
import { ladderDecider } from '../domain/ladder.decider';
import { ladderOn, reachedAt } from '../domain/ladder-rules';
import type { Ladder } from '../domain/ladder.state';
import { addresseesOf, leadersInCharge, standingUnit } from './addressees';
import { HandleLadder, LADDER_RULES_STREAM, ladderStream, type LadderIntent } from './handle-ladder';
import { legClockOf } from './leg-clock';

type Present = Exclude<FindingState, { phase: 'absent' }>;
type Seen = Readonly<{ request: HandleLadder; state: Present; clock: LegClock; view: DirectoryView; at: Instant }>;
type Of<T extends LadderIntent['type']> = Extract<LadderIntent, { type: T }>;
type Wanted = LadderCommand extends infer C ? (C extends LadderCommand ? Pick<C, 'type' | 'data'> : never) : never;

const NOTHING: Ack = { revision: -1n, position: 0n, changed: false, events: [] };

@CommandHandler(HandleLadder)
export class LadderCommandHandler implements ICommandHandler<HandleLadder> {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(FindingReader) private readonly findings: FindingReader,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(CalendarService) private readonly calendar: CalendarService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(request: HandleLadder): Promise<Ack> {
    const { findingId, legId, options, intent } = request;
    const at = this.clock.now();
    const { state } = await this.findings.load(findingId);
    const clock = legClockOf(state, legId, at);
    // A guiding leg has no ladder, and neither has a finding that is not there: to the product itself that is an answer.
    if (state.phase === 'absent' || clock === null)
      return intent.type === 'FollowLeg' || intent.type === 'ProposeRung' ? NOTHING : reject('rung-not-found');
    const wanted = await this.wanted(intent, { request, state, clock, view: await this.directory.view(), at });
    const on = options.on ?? localDateOf(at);
    // The intent is one member of the union; spreading loses that, the value does not.
    const command = { ...wanted, by: options.by, at, on } as LadderCommand;
    return this.runner.run({
      ...this.streamOf(request),
      command,
      commandId: options.commandId,
      expected: options.expected,
      causationId: options.causationId,
      act: { at, on, by: stampOf(options.by) },
    });
  }

  private streamOf({ findingId, legId }: HandleLadder) {
    return { stream: ladderStream(findingId, legId), decider: ladderDecider, types: LADDER_EVENT_TYPES };
  }

  private async wanted(intent: LadderIntent, seen: Seen): Promise<Wanted> {
    if (intent.type === 'FollowLeg') return this.follow(seen);
    const { ladders } = (await this.runner.load(this.streamOf(seen.request))).state;
    const ladder = ladders.findLast(({ dueAt }) => dueAt === intent.data.dueAt);
    if (ladder === undefined) return intent.type === 'ProposeRung' ? this.propose(intent, seen, undefined) : reject('rung-not-found');
    switch (intent.type) {
      case 'ProposeRung':
        return this.propose(intent, seen, stepOf(ladder, intent.data.rung));
      case 'IssueRung':
        return this.issue(intent, seen, ladder);
      case 'DeclineRung':
        return { type: intent.type, data: { ...intent.data, world: this.world(seen, ladder) } };
      case 'AnswerRung':
        return { type: intent.type, data: { ...intent.data, standingUnit: standingUnit(seen.view, ladder.unitId) } };
      case 'RecordInterview':
        return { type: intent.type, data: { ...intent.data, rung: 'interview', world: this.world(seen, ladder) } };
      default:
        return assertNever(intent);
    }
  }

  private async follow({ request, state, clock }: Seen): Promise<Wanted> {
    const { findingId, legId } = request;
    const { core } = state;
    const { number, place, source, seriousness } = core;
    const rules = await this.runner.load({ stream: LADDER_RULES_STREAM, decider: ladderRulesDecider, types: LADDER_RULE_EVENT_TYPES });
    const steps = ladderOn(rules.state.rules, { source: source.kind, seriousness }, clock.dueOn);
    return { type: 'FollowLeg', data: { findingId, number, legId, townId: place.townId, clock, steps } };
  }

  private propose({ type, data }: Of<'ProposeRung'>, seen: Seen, step: PlannedStep | undefined): Wanted {
    const { clock, at } = seen;
    const earliest = step === undefined ? null : reachedAt(clock.dueOn, step.days, this.calendar.calendar());
    const addressees = this.addressees(seen, step?.addressees ?? []);
    return { type, data: { ...data, clock, earliest, overdueDays: this.overdue(clock, at), addressees } };
  }

  private issue({ type, data }: Of<'IssueRung'>, seen: Seen, ladder: Ladder): Wanted {
    const { rung, dueAt } = data;
    const { clock, state, view, at } = seen;
    const together = data.together && { id: data.together.id, unitId: standingUnit(view, data.together.unitId) };
    const step = stepOf(ladder, rung);
    const today = localDateOf(at);
    const unit = standingUnit(view, clock.unitId);
    const draft = draftText(rung, {
      number: state.core.number,
      unit: view.unit(unit)?.name ?? unit,
      dueOn: clock.dueOn,
      overdueDays: this.overdue(clock, at),
    });
    const proposedReply =
      step === undefined || step.replyDays === null ? null : addWorkingDays(today, step.replyDays, this.calendar.calendar());
    const kinds = data.addressees ?? step?.addressees ?? [];
    const text = data.text ?? draft;
    const replyBy = data.replyBy === undefined ? proposedReply : data.replyBy;
    const sameKinds = [...kinds].sort().join() === [...(step?.addressees ?? [])].sort().join();
    const changed = !sameKinds || text.trim() !== draft || replyBy !== proposedReply;
    return {
      type,
      data: { rung, dueAt, world: this.world(seen, ladder), addressees: this.addressees(seen, kinds), text, replyBy, changed, together },
    };
  }

  private overdue(clock: LegClock, at: Instant): number {
    return Math.max(0, workingDaysBetween(clock.dueOn, localDateOf(at), this.calendar.calendar()));
  }

  private addressees({ state, clock, view, at }: Seen, kinds: PlannedStep['addressees']) {
    return addresseesOf(view, kinds, { unitId: clock.unitId, townId: state.core.place.townId }, localDateOf(at));
  }

  private world({ request, state, clock, view, at }: Seen, ladder: Ladder): DecidingWorld {
    const unit = standingUnit(view, ladder.unitId);
    const leaders = leadersInCharge(view, unit, state.core.place.townId, localDateOf(at));
    const { personId, inPlaceOf } = request.options.by;
    // Where nobody is in charge, of the office itself above all, any leader may decide.
    const inCharge = leaders.length === 0 || leaders.includes(inPlaceOf ?? personId);
    return { clock, managingOffice: view.managingOffice()?.id ?? null, standingUnit: unit, inCharge };
  }
}

const stepOf = ({ steps }: Ladder, rung: Rung): PlannedStep | undefined => steps.find(({ step }) => step === rung);
