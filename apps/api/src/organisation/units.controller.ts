import { LegQueries } from '@app/findings';
import { Clock, idFrom, localDateOf, type PersonId, type UnitId } from '@app/kernel';
import { Directory, HandleUnit, isWithin, type Unit, type UnitRequest } from '@app/organisation';
import { Body, Controller, Get, Inject, Param, Post, Put, Query, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { notFound } from '../platform/problem';
import { InWriting, type Writing } from '../platform/writing';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { Access } from '../security/access';
import { OrganisationDesk, type Written } from './organisation-desk';
import {
  dissolveUnit,
  establishUnit,
  giveSynonyms,
  mergeUnit,
  moveUnit,
  renameUnit,
  unitId,
  unitsQuery,
  type Of,
} from './organisation.requests';

type PostAnswer = Readonly<{
  id: string;
  title: string;
  receives: boolean;
  holders: readonly NamedPerson[];
  substitutes: readonly NamedPerson[];
}>;
type NamedPerson = Readonly<{ id: string; name: string }>;

/** What hangs on a unit when it is merged or dissolved. */
export type UnitHoldings = Readonly<{ openLegs: number; unitsBelow: number; posts: number }>;

@ApiTags('organisation 组织机构')
@Controller('units')
export class UnitsController {
  constructor(
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The tree, as a list ordered by path; merged and dissolved units included, with their successors. */
  @Get()
  @Access({ note: 'units 单位' })
  async list(
    @Query({ schema: unitsQuery }) { kind, within, name }: Of<typeof unitsQuery>,
  ): Promise<Readonly<{ units: readonly Unit[]; near?: readonly Unit[] }>> {
    const view = await this.directory.view();
    if (name !== undefined && name.trim() !== '') {
      const { exact, near } = view.unitsByName(name, kind, within);
      return { units: exact, near };
    }
    const above = within === undefined ? undefined : view.unit(within);
    if (within !== undefined && above === undefined) throw notFound();
    const fits = (u: Unit): boolean => (kind === undefined || u.kind === kind) && (above === undefined || isWithin(u.path, above.path));
    return { units: view.allUnits().filter(fits) };
  }

  /** Who fills which post of the unit today: names in office, no telephone numbers. */
  @Get(':unitId/posts')
  @Access({ note: 'posts of a unit 岗位' })
  async posts(@Param('unitId', { schema: unitId }) id: UnitId): Promise<Readonly<{ posts: readonly PostAnswer[] }>> {
    const view = await this.directory.view();
    if (view.unit(id) === undefined) throw notFound();
    const on = localDateOf(this.clock.now());
    const named = (ids: readonly PersonId[]): readonly NamedPerson[] =>
      ids.map((person) => ({ id: person, name: view.person(person)?.name ?? person }));
    const posts = view.allPosts().filter((p) => view.currentOf(p.unitId) === id && (p.closedAfter === null || on <= p.closedAfter));
    return {
      posts: posts.map((p) => ({
        id: p.id,
        title: p.title,
        receives: p.receives,
        holders: named(view.holdersOf(p.id, on)),
        substitutes: named(view.substitutesOf(p.id, on)),
      })),
    };
  }
}

@ApiTags('administration 系统管理')
@Controller('admin/units')
@UseInterceptors(ReadYourWritesInterceptor)
export class AdminUnitsController {
  constructor(
    @Inject(OrganisationDesk) private readonly desk: OrganisationDesk,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(LegQueries) private readonly legs: LegQueries,
  ) {}

  @Get()
  @Access({ roles: ['admin'], note: 'units 单位' })
  async list(): Promise<Readonly<{ units: readonly Unit[] }>> {
    return { units: (await this.directory.view()).allUnits() };
  }

  /** Asked before a merger or a dissolution is confirmed: numbers only, no findings. */
  @Get(':unitId/holdings')
  @Access({ roles: ['admin'], note: 'what hangs on a unit 单位名下事项: before it is merged or dissolved' })
  async holdings(@Param('unitId', { schema: unitId }) id: UnitId): Promise<UnitHoldings> {
    const view = await this.directory.view();
    const unit = view.unit(id);
    if (unit === undefined) throw notFound();
    const below = view.subtree(id).filter((one) => one.status === 'active' && one.id !== id);
    const ids = new Set([id, ...below.map((one) => one.id)]);
    return {
      openLegs: await this.legs.openOf(unit.path),
      unitsBelow: below.length,
      posts: view.allPosts().filter((post) => ids.has(post.unitId) && post.closedAfter === null).length,
    };
  }

  @Post()
  @Access({ roles: ['admin'], note: 'establish unit 设立' })
  establish(@Body({ schema: establishUnit }) body: Of<typeof establishUnit>, @InWriting() writing: Writing): Promise<Written> {
    const { name, synonyms, kind, parentId } = body;
    const id = body.id ?? (idFrom(writing.commandId, 'unit') as UnitId);
    const from = body.from ?? this.desk.today();
    return this.send(id, { type: 'EstablishUnit', data: { name, synonyms, kind, parentId, from } }, body, writing);
  }

  @Put(':unitId/name')
  @Access({ roles: ['admin'], note: 'rename unit 更名' })
  rename(
    @Param('unitId', { schema: unitId }) id: UnitId,
    @Body({ schema: renameUnit }) body: Of<typeof renameUnit>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    return this.send(id, { type: 'RenameUnit', data: { name: body.name, from: body.from ?? this.desk.today() } }, body, writing);
  }

  @Put(':unitId/synonyms')
  @Access({ roles: ['admin'], note: 'synonyms 简称' })
  synonyms(
    @Param('unitId', { schema: unitId }) id: UnitId,
    @Body({ schema: giveSynonyms }) body: Of<typeof giveSynonyms>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    return this.send(id, { type: 'GiveSynonyms', data: { synonyms: body.synonyms } }, body, writing);
  }

  @Put(':unitId/parent')
  @Access({ roles: ['admin'], note: 'move unit 调整隶属' })
  move(
    @Param('unitId', { schema: unitId }) id: UnitId,
    @Body({ schema: moveUnit }) body: Of<typeof moveUnit>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    return this.send(id, { type: 'MoveUnit', data: { parentId: body.parentId, from: body.from ?? this.desk.today() } }, body, writing);
  }

  /** All open legs pass to the successor with this one event, deadlines unchanged (R14). */
  @Put(':unitId/successor')
  @Access({ roles: ['admin'], note: 'merge unit 撤并' })
  merge(
    @Param('unitId', { schema: unitId }) id: UnitId,
    @Body({ schema: mergeUnit }) body: Of<typeof mergeUnit>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    return this.send(id, { type: 'MergeUnit', data: { into: body.into, from: body.from ?? this.desk.today() } }, body, writing);
  }

  @Put(':unitId/dissolution')
  @Access({ roles: ['admin'], note: 'dissolve unit 撤销' })
  dissolve(
    @Param('unitId', { schema: unitId }) id: UnitId,
    @Body({ schema: dissolveUnit }) body: Of<typeof dissolveUnit>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    return this.send(id, { type: 'DissolveUnit', data: { from: body.from ?? this.desk.today() } }, body, writing);
  }

  private send(id: UnitId, request: UnitRequest, { on }: { on?: Of<typeof renameUnit>['on'] }, writing: Writing): Promise<Written> {
    return this.desk.send(id, new HandleUnit(id, request, this.desk.act(writing, on), writing.commandId, writing.seen()), writing);
  }
}
