import { Clock, localDateOf, type CategoryCode } from '@app/kernel';
import { Directory, HandleCategory, type Category, type CategoryRequest, type CategoryRule } from '@app/organisation';
import { Body, Controller, Get, Inject, Param, Post, Put, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InWriting, type Writing } from '../platform/writing';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { Access } from '../security/access';
import { OrganisationDesk, type Written } from './organisation-desk';
import { categoryCode, changeCategory, defineCategory, end, makeResponsible, type Of } from './organisation.requests';

@ApiTags('organisation 组织机构')
@Controller('categories')
export class CategoriesController {
  constructor(
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Categories with the line of the table that is in force today: which department answers, acts or guides, and who leads. */
  @Get()
  @Access({ note: 'categories 问题类别' })
  async list(): Promise<Readonly<{ categories: readonly (Category & { rule: CategoryRule | null })[] }>> {
    const view = await this.directory.view();
    const on = localDateOf(this.clock.now());
    return { categories: view.allCategories().map((c) => ({ ...c, rule: view.ruleFor(c.code, on) ?? null })) };
  }
}

/** A category with every dated line of its own in the table of responsible departments. */
export type AdminCategory = Category & Readonly<{ lines: readonly CategoryRule[] }>;
export type AdminCategoryList = Readonly<{ categories: readonly AdminCategory[] }>;

@ApiTags('administration 系统管理')
@Controller('admin/categories')
@UseInterceptors(ReadYourWritesInterceptor)
export class AdminCategoriesController {
  constructor(
    @Inject(OrganisationDesk) private readonly desk: OrganisationDesk,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  @Get()
  @Access({ roles: ['admin'], note: 'categories with their dated lines 类别及责任部门' })
  async list(): Promise<AdminCategoryList> {
    const view = await this.directory.view();
    return { categories: view.allCategories().map((one) => ({ ...one, lines: view.linesOf(one.code) })) };
  }

  @Post()
  @Access({ roles: ['admin'], note: 'define category 设类别' })
  define(@Body({ schema: defineCategory }) body: Of<typeof defineCategory>, @InWriting() writing: Writing): Promise<Written> {
    const { code, name, parent, evidenceKinds } = body;
    return this.send(code, { type: 'DefineCategory', data: { name, parent, evidenceKinds } }, body, writing);
  }

  @Put(':code')
  @Access({ roles: ['admin'], note: 'change category 改类别' })
  change(
    @Param('code', { schema: categoryCode }) code: CategoryCode,
    @Body({ schema: changeCategory }) body: Of<typeof changeCategory>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    const { name, parent, evidenceKinds } = body;
    return this.send(code, { type: 'ChangeCategory', data: { name, parent, evidenceKinds } }, body, writing);
  }

  /** A new dated line of the table; earlier transfers keep the version they were made by. */
  @Post(':code/departments')
  @Access({ roles: ['admin'], note: 'responsible department 责任部门' })
  makeResponsible(
    @Param('code', { schema: categoryCode }) code: CategoryCode,
    @Body({ schema: makeResponsible }) body: Of<typeof makeResponsible>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    const { unitId, duty, leads, to } = body;
    const from = body.from ?? this.desk.today();
    return this.send(code, { type: 'MakeDepartmentResponsible', data: { unitId, duty, leads, from, to } }, body, writing);
  }

  @Put(':code/retirement')
  @Access({ roles: ['admin'], note: 'retire category 停用类别' })
  retire(
    @Param('code', { schema: categoryCode }) code: CategoryCode,
    @Body({ schema: end }) body: Of<typeof end>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    return this.send(code, { type: 'RetireCategory', data: { lastDay: body.lastDay ?? this.desk.yesterday() } }, body, writing);
  }

  private send(code: CategoryCode, request: CategoryRequest, { on }: { on?: Of<typeof end>['on'] }, writing: Writing): Promise<Written> {
    return this.desk.send(code, new HandleCategory(code, request, this.desk.act(writing, on), writing.commandId, writing.seen()), writing);
  }
}
