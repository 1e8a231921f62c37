import { CarryOverQueries, HandleCarryOver, type CarryOverId, type CarryOverRow } from '@app/carry-overs';
import type { Actor } from '@app/kernel';
import { isWithin } from '@app/organisation';
import { Body, Controller, Get, Inject, Param, Put, Query, UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { InWriting, type Writing } from '../platform/writing';
import { PEOPLE, ReaderContext } from '../reading/reader-context';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { categoryName } from '../reading/reading.answers';
import { Access, CurrentActor } from '../security/access';
import { carryOverId, carryOversQuery, withdrawalRequest, type Body as Of } from './carry-over.requests';

type Named = Readonly<{ id: string; name: string }>;
export type CarryOverShown = Omit<CarryOverRow, 'townId' | 'villageId' | 'unitIds' | 'category' | 'carriedBy' | 'withdrawnBy'> &
  Readonly<{
    category: Readonly<{ code: string; name: string }>;
    town: Named;
    village: Named | null;
    /** Those that answered for it, the town of the place among them. */
    units: readonly Named[];
    carriedBy: Named;
    withdrawnBy: Named | null;
  }>;
/** `next` goes into `after`. */
export type CarryOverPage = Readonly<{ carryOvers: readonly CarryOverShown[]; next: string | null }>;
export type CarryOverAnswer = Readonly<{ carryOverId: CarryOverId; revision: string; position: string; changed: boolean }>;

/** 历史结转: cleared before this system, taken over from a sheet on request; beside the rates and in none of them (R29). */
@ApiTags('carry-overs 历史结转')
@Controller('carry-overs')
export class CarryOversController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(CarryOverQueries) private readonly carryOvers: CarryOverQueries,
    @Inject(ReaderContext) private readonly readers: ReaderContext,
  ) {}

  /** Newest first. Units see those of their own subtree, leaders those of their towns. */
  @Get()
  @UseInterceptors(ReadYourWritesInterceptor)
  @Access({ roles: PEOPLE, note: 'carry-overs 历史结转一览: own units, leaders their towns, the office all' })
  async all(@Query({ schema: carryOversQuery }) asked: Of<typeof carryOversQuery>, @CurrentActor() by: Actor): Promise<CarryOverPage> {
    const { scope, view } = await this.readers.of(by);
    const seen = scope.all ? null : [...scope.paths, ...scope.leaderPaths];
    const units = seen && view.allUnits().flatMap((unit) => (seen.some((root) => isWithin(unit.path, root)) ? [unit.id] : []));
    const { town, department, source, clearedFrom, clearedTo, withdrawn, after, limit } = asked;
    const filter = { units, town, department, source, importId: asked.import, clearedFrom, clearedTo, withdrawn };
    const rows = await this.carryOvers.page(filter, after ?? null, limit);
    const person = (id: CarryOverRow['carriedBy']): Named => ({ id, name: view.person(id)?.name ?? id });
    const unit = (id: CarryOverRow['townId']): Named => ({ id, name: view.unit(id)?.name ?? id });
    const carryOvers = rows.map(({ townId, villageId, unitIds, category, carriedBy, withdrawnBy, ...row }) => ({
      ...row,
      category: { code: category, name: categoryName(view, category) },
      town: unit(townId),
      village: villageId === null ? null : unit(villageId),
      units: unitIds.map(unit),
      carriedBy: person(carriedBy),
      withdrawnBy: withdrawnBy === null ? null : person(withdrawnBy),
    }));
    return { carryOvers, next: rows.length < limit ? null : (rows.at(-1)?.position ?? null) };
  }

  /** Carried over by mistake: leaves the count from today on, and stays in the list with the reason. */
  @Put(':id/withdrawal')
  @Access({ roles: ['office', 'office-head'], note: 'withdraw a carry-over 撤销历史结转' })
  async withdraw(
    @Param('id', { schema: carryOverId }) id: CarryOverId,
    @Body({ schema: withdrawalRequest }) { on, reason }: Of<typeof withdrawalRequest>,
    @InWriting() writing: Writing,
  ): Promise<CarryOverAnswer> {
    const { commandId, by } = writing;
    const intent = { type: 'WithdrawCarryOver', data: { reason } } as const;
    const ack = await this.bus.execute(new HandleCarryOver(id, intent, { commandId, by, on, expected: writing.seen() }));
    writing.tag(ack.revision);
    return { carryOverId: id, revision: String(ack.revision), position: String(ack.position), changed: ack.changed };
  }
}
