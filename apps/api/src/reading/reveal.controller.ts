import { randomUUID } from 'node:crypto';
import { FindingDetailQueries } from '@app/findings';
import { SecurityLog } from '@app/identity';
import { localDateOf, stampOf, type Actor, type CommandId, type FindingId, type SubjectId } from '@app/kernel';
import { HandleSubject, Sealer } from '@app/privacy';
import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { WithoutIdempotencyKey } from '../platform/idempotency';
import { notFound, ProblemError } from '../platform/problem';
import { Access, CurrentAccount, CurrentActor, type SignedIn } from '../security/access';
import { ReaderContext } from './reader-context';
import { findingParam, revealRequest, subjectParam } from './reading.requests';

/** Reading what is masked everywhere else. */
@ApiTags('reading 查阅')
@Controller('findings')
export class RevealController {
  constructor(
    @Inject(FindingDetailQueries) private readonly details: FindingDetailQueries,
    @Inject(ReaderContext) private readonly context: ReaderContext,
    @Inject(Sealer) private readonly sealer: Sealer,
    @Inject(SecurityLog) private readonly log: SecurityLog,
    @Inject(CommandBus) private readonly bus: CommandBus,
  ) {}

  /**
   * One field in full, for a purpose. The reading is recorded before anything is shown, each time anew: an answer kept under
   * a key would hold what is sealed, so there is none.
   */
  @Post(':id/subjects/:subjectId/reveal')
  @HttpCode(200)
  @WithoutIdempotencyKey()
  @Access({
    roles: ['inspector', 'team-head', 'office', 'office-head', 'clerk', 'deputy', 'head'],
    note: 'reveal 查看全文: whoever may see the finding; named handlers where sensitive',
  })
  async reveal(
    @Param('id', { schema: findingParam }) id: FindingId,
    @Param('subjectId', { schema: subjectParam }) subjectId: SubjectId,
    @Body({ schema: revealRequest }) { field, purpose }: z.output<typeof revealRequest>,
    @CurrentActor() actor: Actor,
    @CurrentAccount() { accountId, personId }: SignedIn,
  ): Promise<Readonly<{ field: string; value: string }>> {
    const { scope, now } = await this.context.of(actor);
    const found = await this.details.subject(id, subjectId, scope);
    if (found === null || found.subject.sealed === null) throw notFound();
    if (found.subject.sensitive && !found.handlers.includes(actor.personId)) {
      throw new ProblemError(403, 'named-handlers-only', {
        zh: '涉及未成年人、疾病、残疾等信息，只有经办人员可以查看。',
        en: 'Sensitive: only the named handlers of the finding may read it.',
      });
    }
    const act = { at: now, on: localDateOf(now), by: stampOf(actor) };
    const request = { type: 'ReadPersonalData', data: { fields: [field], purpose } } as const;
    await this.bus.execute(new HandleSubject(subjectId, request, act, randomUUID() as CommandId));
    await this.log.record({ kind: 'read-in-full', accountId, personId, detail: { findingId: id, subjectId, field } });
    const opened = await this.sealer.open(subjectId, found.subject.sealed);
    const value = opened?.[field];
    if (value === undefined) throw notFound();
    return { field, value };
  }
}
