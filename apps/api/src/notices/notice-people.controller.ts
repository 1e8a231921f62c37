import { Clock, localDateOf, type PersonId, type Role } from '@app/kernel';
import { Directory } from '@app/organisation';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../security/access';

const INSPECT: readonly Role[] = ['inspector', 'team-head'];
const SIGN: readonly Role[] = ['office-head', 'leader'];

export type NoticePerson = Readonly<{ id: PersonId; name: string; unit: string; inspects: boolean; signs: boolean }>;

/** Whose names may stand on a notice. */
@ApiTags('notices 通知文书')
@Controller('notices')
export class NoticePeopleController {
  constructor(
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Who holds a post today from which people inspect, or sign for what goes out 签发. */
  @Get('people')
  @Access({ roles: ['office', 'office-head', 'team-head'], note: 'who inspects and signs 检查人员和签发人' })
  async people(): Promise<Readonly<{ people: readonly NoticePerson[] }>> {
    const [view, today] = [await this.directory.view(), localDateOf(this.clock.now())];
    const found = new Map<PersonId, NoticePerson>();
    for (const post of view.allPosts()) {
      const has = (roles: readonly Role[]): boolean => post.roles.some((role) => roles.includes(role));
      if (!has([...INSPECT, ...SIGN]) || (post.closedAfter !== null && post.closedAfter < today)) continue;
      for (const id of view.holdersOf(post.id, today)) {
        const known = found.get(id);
        found.set(id, {
          id,
          name: view.person(id)?.name ?? id,
          unit: known?.unit ?? view.unit(view.currentOf(post.unitId))?.name ?? post.unitId,
          inspects: has(INSPECT) || known?.inspects === true,
          signs: has(SIGN) || known?.signs === true,
        });
      }
    }
    return { people: [...found.values()] };
  }
}
