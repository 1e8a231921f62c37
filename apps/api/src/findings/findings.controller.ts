import { FindingNumbers, scopeOf, VillageQueries, type FindingIntent, type Subject, type WitnessedOnTheSpot } from '@app/findings';
import { Clock, DomainError, idFrom, localDateOf, type Actor, type FindingId, type SubjectId, type UnitId } from '@app/kernel';
import { Directory } from '@app/organisation';
import { Body, Controller, HttpCode, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ProblemError } from '../platform/problem';
import { InWriting, type Writing } from '../platform/writing';
import { Access } from '../security/access';
import { FindingDesk, type WriteAnswer } from './finding-desk';
import { commentRequest, correctRequest, fileRequest, findingId, itemsRequest, withdrawRequest, type Body as Of } from './finding.requests';
import { Subjects } from './subjects';

@ApiTags('findings 问题')
@Controller('findings')
export class FindingsController {
  constructor(
    private readonly desk: FindingDesk,
    private readonly subjects: Subjects,
    private readonly numbers: FindingNumbers,
    private readonly directory: Directory,
    private readonly villages: VillageQueries,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Access({ roles: ['inspector', 'team-head', 'office', 'office-head', 'clerk', 'deputy', 'head'], note: 'file 登记' })
  async file(@Body({ schema: fileRequest }) body: Of<typeof fileRequest>, @InWriting() writing: Writing): Promise<WriteAnswer> {
    const { commandId, by } = writing;
    const id = idFrom(commandId, 'finding') as FindingId;
    const today = localDateOf(this.clock.now());
    const view = await this.directory.view();
    const subject = await this.subjectOf(body, writing);
    const number = await this.numbers.take(commandId, id);
    const own = !by.roles.some((role) => ['inspector', 'team-head', 'office', 'office-head'].includes(role));
    const intent: FindingIntent = {
      type: 'FileFinding',
      data: {
        number,
        kind: body.kind,
        source: body.source ?? {
          kind: own ? 'self' : 'inspection',
          name: view.unit(by.unitId)?.name ?? by.unitId,
          batch: null,
          documentNumber: null,
        },
        manner: body.manner ?? 'on-site',
        teamId: body.teamId ?? by.unitId,
        foundOn: body.foundOn ?? body.on ?? today,
        place: body.place,
        subject,
        category: body.category,
        text: body.text,
        basis: body.basis,
        seriousness: body.seriousness,
        suggestedMeasure: body.suggestedMeasure,
        responsibleUnitId: body.responsibleUnitId,
        projectOwnerId: body.projectOwnerId,
        selfFound: own,
        upper: body.upper,
        list: null,
        parentId: null,
        relapseOf: null,
        items: await this.subjects.items(body.items, commandId),
        capturedAt: body.capturedAt,
        lateEntry: body.lateEntry,
        ...(body.onTheSpot === null ? {} : { onTheSpot: this.witnessed(body.onTheSpot, body.place, by) }),
      },
    };
    try {
      const answer = await this.desk.file(id, intent, writing, { on: body.on });
      await this.numbers.settle(commandId, 'used');
      return answer;
    } catch (error) {
      // The number stays a gap; the register says why.
      if (error instanceof DomainError) await this.numbers.settle(commandId, 'void', error.code);
      throw error;
    }
  }

  /** The filer until triage, the office afterwards. */
  @Patch(':id')
  @Access({ roles: ['inspector', 'team-head', 'office', 'office-head', 'clerk', 'deputy', 'head'], note: 'correct 更正' })
  correct(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: correctRequest }) { on, ...data }: Of<typeof correctRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    const changes = Object.fromEntries(Object.entries(data.changes).filter(([, v]) => v !== undefined));
    return this.desk.send(id, { type: 'CorrectFinding', data: { ...data, changes } }, writing, { on });
  }

  @Post(':id/items')
  @Access({ roles: ['inspector', 'team-head', 'office', 'office-head', 'clerk', 'deputy', 'head'], note: 'add items 明细' })
  async addItems(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: itemsRequest }) body: Of<typeof itemsRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    const items = await this.subjects.items(body.items, writing.commandId);
    return this.desk.send(id, { type: 'AddItems', data: { items } }, writing, { on: body.on });
  }

  @Post(':id/comments')
  @HttpCode(201)
  @Access({ note: 'comment 留言: whoever may know the finding' })
  comment(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: commentRequest }) { on, ...data }: Of<typeof commentRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'AddComment', data }, writing, { on });
  }

  @Put(':id/withdrawal')
  @Access({ roles: ['inspector', 'team-head', 'office', 'office-head', 'clerk', 'deputy', 'head'], note: 'withdraw 撤销' })
  withdraw(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: withdrawRequest }) { on, ...data }: Of<typeof withdrawRequest>,
    @InWriting() writing: Writing,
  ): Promise<WriteAnswer> {
    return this.desk.send(id, { type: 'WithdrawFinding', data }, writing, { on });
  }

  /** As typed, or as it was recorded before in this village. */
  private async subjectOf({ subject, subjectKey, place }: Of<typeof fileRequest>, { by, commandId }: Writing): Promise<Subject> {
    if (subject !== undefined) return this.subjects.seal(subject, commandId);
    const known = subjectKey === undefined || place.villageId === null ? null : await this.known(place.villageId, subjectKey, by);
    if (known !== null) return known;
    throw new ProblemError(422, 'subject-unknown', {
      zh: '这个村没有您可以引用的这户（人），请重新填写。',
      en: 'No such household or person of this village is known to you; type it in.',
    });
  }

  private async known(village: UnitId, subjectKey: SubjectId, by: Actor): Promise<Subject | null> {
    const view = await this.directory.view();
    return this.villages.subject(village, subjectKey, scopeOf(by, view, localDateOf(this.clock.now())));
  }

  private witnessed(
    { rectifyingUnitId, secondInspector, ...told }: NonNullable<Of<typeof fileRequest>['onTheSpot']>,
    { townId, villageId }: Of<typeof fileRequest>['place'],
    { personId }: Writing['by'],
  ): WitnessedOnTheSpot {
    return { ...told, rectifyingUnitId: rectifyingUnitId ?? villageId ?? townId, inspectors: [personId, secondInspector] };
  }
}
