import { Clock, idFrom, localDateOf, type PersonId, type PostId } from '@app/kernel';
import { Directory, HandlePost, type Post as PostRow, type PostRequest } from '@app/organisation';
import { Body, Controller, Get, Inject, Param, Post, Put, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InWriting, type Writing } from '../platform/writing';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { Access } from '../security/access';
import { OrganisationDesk, type Written } from './organisation-desk';
import { changePost, createPost, end, holdPost, personId, postId, type Of } from './organisation.requests';

type Tenure = Readonly<{ personId: PersonId; from: string; to: string | null }>;
/** A post with who fills it today, and everybody who did or will, with their days. */
export type AdminPost = PostRow &
  Readonly<{
    holders: readonly PersonId[];
    substitutes: readonly PersonId[];
    holdings: readonly Tenure[];
    substitutions: readonly Tenure[];
  }>;
export type AdminPostList = Readonly<{ posts: readonly AdminPost[] }>;

const tenures = (of: readonly Tenure[]): readonly Tenure[] => of.map(({ personId: person, from, to }) => ({ personId: person, from, to }));

@ApiTags('administration 系统管理')
@Controller('admin/posts')
@UseInterceptors(ReadYourWritesInterceptor)
export class AdminPostsController {
  constructor(
    @Inject(OrganisationDesk) private readonly desk: OrganisationDesk,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get()
  @Access({ roles: ['admin'], note: 'posts 岗位' })
  async list(): Promise<AdminPostList> {
    const view = await this.directory.view();
    const on = localDateOf(this.clock.now());
    return {
      posts: view.allPosts().map((p) => ({
        ...p,
        holders: view.holdersOf(p.id, on),
        substitutes: view.substitutesOf(p.id, on),
        holdings: tenures(view.tenuresOf(p.id).holdings),
        substitutions: tenures(view.tenuresOf(p.id).substitutes),
      })),
    };
  }

  @Post()
  @Access({ roles: ['admin'], note: 'create post 设岗' })
  create(@Body({ schema: createPost }) body: Of<typeof createPost>, @InWriting() writing: Writing): Promise<Written> {
    const { unitId, title, roles, receives } = body;
    const id = body.id ?? (idFrom(writing.commandId, 'post') as PostId);
    return this.send(id, { type: 'CreatePost', data: { unitId, title, roles, receives } }, body, writing);
  }

  @Put(':postId')
  @Access({ roles: ['admin'], note: 'change post 调整岗位' })
  change(
    @Param('postId', { schema: postId }) id: PostId,
    @Body({ schema: changePost }) body: Of<typeof changePost>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    const { title, roles, receives } = body;
    return this.send(id, { type: 'ChangePost', data: { title, roles, receives } }, body, writing);
  }

  @Post(':postId/holdings')
  @Access({ roles: ['admin'], note: 'hold post 任职' })
  hold(
    @Param('postId', { schema: postId }) id: PostId,
    @Body({ schema: holdPost }) body: Of<typeof holdPost>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    const from = body.from ?? this.desk.today();
    return this.send(id, { type: 'HoldPost', data: { personId: body.personId, from, to: body.to } }, body, writing);
  }

  @Put(':postId/holdings/:personId/end')
  @Access({ roles: ['admin'], note: 'vacate post 免职' })
  vacate(
    @Param('postId', { schema: postId }) id: PostId,
    @Param('personId', { schema: personId }) person: PersonId,
    @Body({ schema: end }) body: Of<typeof end>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    const lastDay = body.lastDay ?? this.desk.yesterday();
    return this.send(id, { type: 'VacatePost', data: { personId: person, lastDay } }, body, writing);
  }

  @Post(':postId/substitutes')
  @Access({ roles: ['admin'], note: 'name substitute 指定B角' })
  nameSubstitute(
    @Param('postId', { schema: postId }) id: PostId,
    @Body({ schema: holdPost }) body: Of<typeof holdPost>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    const from = body.from ?? this.desk.today();
    return this.send(id, { type: 'NameSubstitute', data: { personId: body.personId, from, to: body.to } }, body, writing);
  }

  @Put(':postId/substitutes/:personId/end')
  @Access({ roles: ['admin'], note: 'release substitute 解除B角' })
  releaseSubstitute(
    @Param('postId', { schema: postId }) id: PostId,
    @Param('personId', { schema: personId }) person: PersonId,
    @Body({ schema: end }) body: Of<typeof end>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    const lastDay = body.lastDay ?? this.desk.yesterday();
    return this.send(id, { type: 'ReleaseSubstitute', data: { personId: person, lastDay } }, body, writing);
  }

  @Put(':postId/closure')
  @Access({ roles: ['admin'], note: 'close post 撤岗' })
  close(
    @Param('postId', { schema: postId }) id: PostId,
    @Body({ schema: end }) body: Of<typeof end>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    return this.send(id, { type: 'ClosePost', data: { lastDay: body.lastDay ?? this.desk.yesterday() } }, body, writing);
  }

  private send(id: PostId, request: PostRequest, { on }: { on?: Of<typeof end>['on'] }, writing: Writing): Promise<Written> {
    return this.desk.send(id, new HandlePost(id, request, this.desk.act(writing, on), writing.commandId, writing.seen()), writing);
  }
}
