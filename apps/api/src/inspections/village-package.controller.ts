import { mayVerify, VillageQueries, WorldSource, type VillageFinding } from '@app/findings';
import { SecurityLog } from '@app/identity';
import type { InspectionRow } from '@app/inspections';
import { instantFromMs, msOf, type Actor, type CategoryCode, type Instant, type SubjectId, type UnitId } from '@app/kernel';
import type { DirectoryView } from '@app/organisation';
import { MasterKey } from '@app/privacy';
import { Controller, Get, Inject, Ip, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { unitId, type Body as Of } from '../findings/finding.requests';
import { notFound } from '../platform/problem';
import { ReaderContext } from '../reading/reader-context';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { Access, CurrentAccount, CurrentActor, type SignedIn } from '../security/access';
import { InspectionDesk, type InspectionReading } from './inspection-desk';
import { inspectionAnswer, memberAnswer, teamAnswer, villageAnswer, type InspectionMember } from './inspection.answers';
import { todayQuery } from './inspection.requests';
import type { PackageCategory, PackageFinding, PackageSubject, TaskPackage } from './village-package.answers';

const KEPT_MS = 24 * 3_600_000;
/** Beyond these a phone shows the most pressing, and says that there are more. */
const MOST_FINDINGS = 200;
const MOST_SUBJECTS = 500;
const RECENT = 6;
/** No letters or digits that look alike when read out. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const CODE_LENGTH = 5;

const NOT_OPEN: ReadonlySet<string> = new Set(['merged', 'dissolved']);

/** What a phone takes along to a village. */
@ApiTags('inspections 检查任务')
@Controller('villages')
@UseInterceptors(ReadYourWritesInterceptor)
export class VillagePackageController {
  constructor(
    @Inject(InspectionDesk) private readonly desk: InspectionDesk,
    @Inject(VillageQueries) private readonly villages: VillageQueries,
    @Inject(ReaderContext) private readonly context: ReaderContext,
    @Inject(WorldSource) private readonly worlds: WorldSource,
    @Inject(SecurityLog) private readonly log: SecurityLog,
    @Inject(MasterKey) private readonly master: MasterKey,
  ) {}

  /**
   * Open findings the reader may see, a roster of masked labels, categories. Good for 24 hours. Any village may be taken, with or
   * without a task there; every package taken stands in the security log.
   */
  @Get(':unitId/package')
  @Access({ roles: ['inspector', 'team-head'], note: 'task package of a village 任务包: logged' })
  async take(
    @Param('unitId', { schema: unitId }) id: UnitId,
    @Query({ schema: todayQuery }) _: Of<typeof todayQuery>,
    @CurrentActor() actor: Actor,
    @CurrentAccount() account: SignedIn,
    @Ip() ip: string,
  ): Promise<TaskPackage> {
    const [{ scope, now }, reading] = await Promise.all([this.context.of(actor), this.desk.reading(actor)]);
    const { view } = reading;
    const unit = view.unit(id);
    if (unit?.kind !== 'village' || NOT_OPEN.has(unit.status)) throw notFound();
    const task = (await this.desk.underWay(reading)).find((row) => row.villages.includes(id)) ?? null;
    await this.log.record({
      kind: 'package-taken',
      accountId: account.accountId,
      personId: account.personId,
      ip,
      detail: { village: id, inspectionId: task?.inspectionId ?? null },
    });
    const [[numbers], findings, subjects, recent, world] = await Promise.all([
      this.villages.numbers([id], scope),
      this.villages.open(id, scope, MOST_FINDINGS),
      this.villages.subjects(id, scope, MOST_SUBJECTS),
      this.villages.recentCategories(actor.personId, RECENT),
      this.worlds.now(),
    ]);
    const categories = categoriesOf(reading);
    const known = new Set(categories.map(({ code }) => code));
    return {
      takenAt: now,
      expiresAt: instantFromMs(msOf(now) + KEPT_MS),
      today: reading.today,
      task: task === null ? null : inspectionAnswer(task, view, reading),
      team: teamAnswer(task?.teamId ?? actor.unitId, view),
      teamMembers: membersOf(task, reading),
      village: villageAnswer(id, view),
      openCount: numbers?.open ?? 0,
      toVerifyToday: numbers?.toVerify ?? 0,
      lastVisit: numbers?.lastVisit ?? null,
      findings: findings.map((found) => {
        const mine = found.stage === 'to-verify' && found.work !== null && mayVerify(actor, world, found.work);
        return this.findingAnswer(found, view, now, mine);
      }),
      findingsCut: findings.length === MOST_FINDINGS && (numbers?.open ?? 0) > MOST_FINDINGS,
      roster: subjects.map(({ subjectId, kind, label }): PackageSubject => ({
        subjectKey: subjectId,
        kind,
        label,
        code: this.codeOf(subjectId),
      })),
      categories,
      recentCategories: recent.filter((code) => known.has(code)),
    };
  }

  private findingAnswer(found: VillageFinding, view: DirectoryView, now: Instant, mine: boolean): PackageFinding {
    const { subjectId, kind, label, sensitive } = found.subject;
    const name = view.category(found.category as CategoryCode)?.name ?? found.category;
    // Who it is about is for the named handlers alone (R40).
    const named = subjectId === null || sensitive ? null : subjectId;
    return {
      findingId: found.findingId,
      revision: found.revision,
      number: found.number,
      stage: found.stage,
      category: { code: found.category, name },
      subject: { subjectKey: named, kind, label, code: named === null ? null : this.codeOf(named) },
      text: found.text,
      dueAt: found.dueAt,
      overdue: found.dueAt !== null && found.dueAt < now,
      evidenceCount: found.evidence.length,
      evidence: found.evidence,
      mayVerify: mine,
    };
  }

  /** The same for the same subject everywhere; nothing of the subject can be computed from it. */
  private codeOf(subjectId: SubjectId): string {
    const bytes = Buffer.from(this.master.fingerprint('subject code', Buffer.from(subjectId)), 'hex');
    return [...bytes.subarray(0, CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length] ?? '2').join('');
  }
}

/** The members of the task; without one, whoever holds a post in the reader's team today. */
const membersOf = (task: InspectionRow | null, { actor, view, today }: InspectionReading): readonly InspectionMember[] => {
  if (task !== null) return task.members.map((id) => memberAnswer(id, view));
  const posts = view.allPosts().filter(({ unitId: of }) => view.currentOf(of) === actor.unitId);
  return [...new Set(posts.flatMap(({ id }) => view.holdersOf(id, today)))].map((id) => memberAnswer(id, view));
};

const categoriesOf = ({ view, today }: InspectionReading): readonly PackageCategory[] =>
  view.allCategories().flatMap(({ code, name, parent, initials, evidenceKinds }) => {
    const open = view.categoryOf(code, today) !== undefined;
    return open ? [{ code, name, parent, initials, evidenceKinds }] : [];
  });
