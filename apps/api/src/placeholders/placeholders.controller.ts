import type { Actor, LocalDate } from '@app/kernel';
import { idFrom } from '@app/kernel';
import { isWithin } from '@app/organisation';
import { HandlePlaceholder, PlaceholderQueries, type PlaceholderId, type PlaceholderIntent, type PlaceholderRow } from '@app/placeholders';
import { Body, Controller, Get, Param, Post, Put, Query, UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { InWriting, type Writing } from '../platform/writing';
import { PEOPLE, ReaderContext } from '../reading/reader-context';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { Access, CurrentActor } from '../security/access';
import { placeholderId, placeholdersQuery, registerRequest, settleRequest, withdrawRequest, type Body as Of } from './placeholder.requests';

const OFFICE = ['office', 'office-head'] as const;

/** Where the placeholder stands now, and the position a read can wait for. */
export type PlaceholderAnswer = Readonly<{
  placeholderId: PlaceholderId;
  /** Of a registration. */
  number: string | null;
  revision: string;
  position: string;
  changed: boolean;
}>;
export type PlaceholderShown = Omit<PlaceholderRow, 'unitId' | 'registeredBy'> &
  Readonly<{ unit: Readonly<{ id: string; name: string }>; registeredBy: Readonly<{ id: string; name: string }> }>;
/** `next` goes into `after`. */
export type PlaceholderPage = Readonly<{ placeholders: readonly PlaceholderShown[]; next: string | null }>;

/** 线下办理占位: a finding whose content is classified keeps its place in the count, and nothing else (R39). */
@ApiTags('placeholders 线下办理')
@Controller('placeholders')
export class PlaceholdersController {
  constructor(
    private readonly bus: CommandBus,
    private readonly placeholders: PlaceholderQueries,
    private readonly readers: ReaderContext,
  ) {}

  /** Newest first. Units see those of their own subtree, leaders those of their towns. */
  @Get()
  @UseInterceptors(ReadYourWritesInterceptor)
  @Access({ roles: PEOPLE, note: 'placeholders 线下办理一览: own units, leaders their towns, the office all' })
  async all(
    @Query({ schema: placeholdersQuery }) { status, after, limit }: Of<typeof placeholdersQuery>,
    @CurrentActor() by: Actor,
  ): Promise<PlaceholderPage> {
    const { scope, view } = await this.readers.of(by);
    const seen = scope.all ? null : [...scope.paths, ...scope.leaderPaths];
    const units = seen && view.allUnits().flatMap((unit) => (seen.some((root) => isWithin(unit.path, root)) ? [unit.id] : []));
    const rows = await this.placeholders.page({ units, status: status ?? null, before: after ?? null, limit });
    const placeholders = rows.map(({ unitId, registeredBy, ...row }) => ({
      ...row,
      unit: { id: unitId, name: view.unit(unitId)?.name ?? unitId },
      registeredBy: { id: registeredBy, name: view.person(registeredBy)?.name ?? registeredBy },
    }));
    return { placeholders, next: rows.length < limit ? null : (rows.at(-1)?.number ?? null) };
  }

  @Post()
  @Access({ roles: OFFICE, note: 'register what is handled offline 线下办理登记' })
  register(
    @Body({ schema: registerRequest }) { on, ...data }: Of<typeof registerRequest>,
    @InWriting() writing: Writing,
  ): Promise<PlaceholderAnswer> {
    const id = idFrom(writing.commandId, 'placeholder') as PlaceholderId;
    return this.send(id, { type: 'RegisterPlaceholder', data }, writing, on);
  }

  @Put(':id/settlement')
  @Access({ roles: OFFICE, note: 'settled offline 线下办结' })
  settle(
    @Param('id', { schema: placeholderId }) id: PlaceholderId,
    @Body({ schema: settleRequest }) { on, ...data }: Of<typeof settleRequest>,
    @InWriting() writing: Writing,
  ): Promise<PlaceholderAnswer> {
    return this.send(id, { type: 'SettlePlaceholder', data }, writing, on);
  }

  @Put(':id/withdrawal')
  @Access({ roles: OFFICE, note: 'withdraw a placeholder 撤销线下办理登记' })
  withdraw(
    @Param('id', { schema: placeholderId }) id: PlaceholderId,
    @Body({ schema: withdrawRequest }) { on, ...data }: Of<typeof withdrawRequest>,
    @InWriting() writing: Writing,
  ): Promise<PlaceholderAnswer> {
    return this.send(id, { type: 'WithdrawPlaceholder', data }, writing, on);
  }

  private async send(
    id: PlaceholderId,
    intent: PlaceholderIntent,
    writing: Writing,
    on: LocalDate | undefined,
  ): Promise<PlaceholderAnswer> {
    const { commandId, by } = writing;
    const ack = await this.bus.execute(new HandlePlaceholder(id, intent, { commandId, by, on, expected: writing.seen() }));
    writing.tag(ack.revision);
    return {
      placeholderId: id,
      number: ack.number,
      revision: String(ack.revision),
      position: String(ack.position),
      changed: ack.changed,
    };
  }
}
