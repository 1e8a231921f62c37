import { Clock, type Actor, type Instant, type UnitId } from '@app/kernel';
import { NoticeQueries, type NoticeWhole } from '@app/notices';
import { isWithin, type DirectoryView } from '@app/organisation';
import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '../platform/problem';
import { ReaderContext } from '../reading/reader-context';
import type { NoticeOffers } from './notice.answers';

/** `units` null: all of them. */
export type NoticeReading = Readonly<{ units: readonly UnitId[] | null; view: DirectoryView; now: Instant }>;

/** What somebody may read: their own unit's and what is below it, leaders that of their towns; issued by it or addressed to it. */
@Injectable()
export class NoticeDesk {
  constructor(
    @Inject(NoticeQueries) private readonly notices: NoticeQueries,
    @Inject(ReaderContext) private readonly readers: ReaderContext,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async reading(by: Actor): Promise<NoticeReading> {
    const { scope, view } = await this.readers.of(by);
    const now = this.clock.now();
    if (scope.all) return { units: null, view, now };
    const roots = [...scope.paths, ...scope.leaderPaths];
    return { units: view.allUnits().flatMap(({ id, path }) => (roots.some((root) => isWithin(path, root)) ? [id] : [])), view, now };
  }

  /** Unknown and forbidden are both 404. */
  async mustRead(found: NoticeWhole | null, { units }: NoticeReading): Promise<NoticeWhole> {
    if (found === null) throw notFound();
    if (units !== null && !units.includes(found.unitId) && !units.includes(found.issuerId)) throw notFound();
    return found;
  }

  async one(noticeId: NoticeWhole['noticeId'], by: Actor): Promise<Readonly<{ notice: NoticeWhole; reading: NoticeReading }>> {
    const reading = await this.reading(by);
    return { notice: await this.mustRead(await this.notices.one(noticeId, reading.now), reading), reading };
  }

  async byOpaque(opaque: string, by: Actor): Promise<NoticeWhole> {
    const reading = await this.reading(by);
    const known = /^[0-9a-f]{32}$/.test(opaque);
    return this.mustRead(known ? await this.notices.byOpaque(opaque, reading.now) : null, reading);
  }

  offersOf(by: Actor, { unitId, issuerId, signedAt }: NoticeWhole, view: DirectoryView): NoticeOffers {
    const has = (...roles: readonly Actor['roles'][number][]): boolean => by.roles.some((role) => roles.includes(role));
    const addressed = view.standing(unitId) === by.unitId && has('clerk', 'deputy', 'head', 'office', 'office-head');
    const issued = has('office', 'office-head') || (has('team-head') && view.standing(issuerId) === by.unitId);
    return { sign: addressed && signedAt === null, reply: addressed, deliver: issued, correct: has('office-head') };
  }
}
