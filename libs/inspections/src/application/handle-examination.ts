import { CommandRunner, type Ack } from '@app/event-store';
import {
  Clock,
  idFrom,
  localDate,
  localDateOf,
  stampOf,
  type Actor,
  type CommandId,
  type Instant,
  type LocalDate,
  type UnitId,
} from '@app/kernel';
import { Directory, type DirectoryView } from '@app/organisation';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { examinationDecider } from '../domain/examination.decider';
import type { ExaminationId, ExaminedKind } from '../domain/examination.types';
import { inspectionDecider } from '../domain/inspection.decider';
import { reject } from '../domain/inspection.errors';
import type { InspectionId, InspectionPlan } from '../domain/inspection.types';
import { inspectionStream } from './handle-inspection';
import { EXAMINATION_EVENT_TYPES, INSPECTION_TASK_TYPES } from './inspection.event-types';

/** So many of a kind in a village or town; of a task by its days, of a town's own check by those told. */
export type ExaminationTold = Readonly<{ unitId: UnitId; kind: ExaminedKind; count: number; reason: string | null }> &
  Readonly<{ of: Readonly<{ inspectionId: InspectionId }> | Readonly<{ from: LocalDate; to: LocalDate }> }>;

/** Errors: DomainError with a code of `INSPECTION_ERRORS`, and those of CommandRunner. */
export class HandleExamination extends Command<Ack & Readonly<{ examinationId: ExaminationId }>> {
  constructor(
    readonly told: ExaminationTold,
    readonly by: Actor,
    readonly commandId: CommandId,
  ) {
    super();
  }
}

const NO_DAY = localDate('1970-01-01');

const townOf = (view: DirectoryView, id: UnitId): UnitId => {
  for (let unit = view.unit(id); unit !== undefined; unit = unit.parentId === null ? undefined : view.unit(unit.parentId)) {
    if (unit.kind === 'town') return unit.id;
  }
  return reject('inspection-village-unknown');
};

@CommandHandler(HandleExamination)
export class ExaminationCommandHandler implements ICommandHandler<HandleExamination> {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute({ told, by, commandId }: HandleExamination): Promise<Ack & Readonly<{ examinationId: ExaminationId }>> {
    const at = this.clock.now();
    const view = await this.directory.view();
    const { unitId, kind, count, reason, of } = told;
    const townId = townOf(view, unitId);
    const inspectionId = 'inspectionId' in of ? of.inspectionId : null;
    const plan = inspectionId === null ? null : await this.planOf(inspectionId);
    const examinationId = ('inspectionId' in of
      ? idFrom('examined', of.inspectionId, unitId, kind)
      : idFrom('self-check', unitId, kind, of.from, of.to)) as unknown as ExaminationId;
    const days = 'inspectionId' in of ? daysOf(plan, at) : of;
    const origin = inspectionId === null ? ({ kind: 'self-check' } as const) : ({ kind: 'inspection', inspectionId } as const);
    const ack = await this.runner.run({
      stream: `examination-${examinationId}`,
      decider: examinationDecider,
      command: {
        type: 'RecordExamined',
        data: { examinationId, origin, unitId, townId, kind, count, ...days, reason },
        by,
        at,
        world: { managingOffice: view.managingOffice()?.id ?? null, succession: view.succession() },
        plan,
        towns: plan === null ? [] : plan.villages.map((village) => townOf(view, village)),
      },
      commandId,
      types: EXAMINATION_EVENT_TYPES,
      act: { at, on: localDateOf(at), by: stampOf(by) },
    });
    return { ...ack, examinationId };
  }

  /** As the stream has it: nobody tells of a task that the read model does not know yet. */
  private async planOf(id: InspectionId): Promise<InspectionPlan | null> {
    const { state } = await this.runner.load({
      stream: inspectionStream(id),
      decider: inspectionDecider,
      types: INSPECTION_TASK_TYPES,
    });
    return state.phase === 'absent' ? null : state.plan;
  }
}

/** The days of the task that have been. */
const daysOf = (plan: InspectionPlan | null, at: Instant): Readonly<{ from: LocalDate; to: LocalDate }> => {
  if (plan === null) return { from: NO_DAY, to: NO_DAY };
  const today = localDateOf(at);
  return { from: plan.from, to: plan.to < today ? plan.to : today };
};
