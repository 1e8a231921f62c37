import { randomUUID } from 'node:crypto';
import { idFrom, type Actor, type CommandId, type PersonId, type SubjectId, type UnitId } from '@app/kernel';
import { Directory, HandlePerson, PersonRecords, type Person, type PersonRequest, type SealedPhone } from '@app/organisation';
import { HandleSubject, maskPhone, Sealer } from '@app/privacy';
import { SecurityLog } from '@app/identity';
import { Body, Controller, Get, Inject, Param, Post, Put, Req, UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { WithoutIdempotencyKey } from '../platform/idempotency';
import { notFound } from '../platform/problem';
import { InWriting, type Writing } from '../platform/writing';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { Access, CurrentAccount, CurrentActor, type SignedIn } from '../security/access';
import { OrganisationDesk, type Written } from './organisation-desk';
import { correctPerson, end, personId, putInCharge, readPhone, registerPerson, second, unitId, type Of } from './organisation.requests';

type Secondment = Readonly<{ fromUnit: UnitId; toUnit: UnitId; from: string; to: string | null }>;
type Charge = Readonly<{ unitId: UnitId; from: string; to: string | null }>;
/** A person with all secondments and towns they answer for, past and to come. */
export type AdminPerson = Person & Readonly<{ secondments: readonly Secondment[]; charges: readonly Charge[] }>;
export type AdminPersonList = Readonly<{ people: readonly AdminPerson[] }>;

const subjectOf = (id: PersonId): SubjectId => `person-${id}` as SubjectId;

@ApiTags('administration 系统管理')
@Controller('admin/people')
@UseInterceptors(ReadYourWritesInterceptor)
export class AdminPeopleController {
  constructor(
    @Inject(OrganisationDesk) private readonly desk: OrganisationDesk,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(PersonRecords) private readonly records: PersonRecords,
    @Inject(Sealer) private readonly sealer: Sealer,
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(SecurityLog) private readonly log: SecurityLog,
  ) {}

  /** Telephone numbers are masked here. */
  @Get()
  @Access({ roles: ['admin'], note: 'people 人员' })
  async list(): Promise<AdminPersonList> {
    const view = await this.directory.view();
    return {
      people: view.allPersons().map((person) => ({
        ...person,
        secondments: view.secondmentsOf(person.id).map(({ fromUnit, toUnit, from, to }) => ({ fromUnit, toUnit, from, to })),
        charges: view.chargesOf(person.id).map(({ unitId: town, from, to }) => ({ unitId: town, from, to })),
      })),
    };
  }

  @Post()
  @Access({ roles: ['admin'], note: 'register person 登记人员' })
  async register(@Body({ schema: registerPerson }) body: Of<typeof registerPerson>, @InWriting() writing: Writing): Promise<Written> {
    const id = body.id ?? (idFrom(writing.commandId, 'person') as PersonId);
    const phone = body.phone === null ? null : await this.seal(id, body.phone);
    return this.send(id, { type: 'RegisterPerson', data: { name: body.name, phone } }, body, writing);
  }

  @Put(':personId')
  @Access({ roles: ['admin'], note: 'correct person 更正人员' })
  async correct(
    @Param('personId', { schema: personId }) id: PersonId,
    @Body({ schema: correctPerson }) body: Of<typeof correctPerson>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    const phone = typeof body.phone === 'string' ? await this.seal(id, body.phone) : body.phone;
    return this.send(id, { type: 'CorrectPerson', data: { name: body.name, phone } }, body, writing);
  }

  /**
   * The number in full. The reading stands in the subject's stream and in the log of the door, with its purpose.
   * No Idempotency-Key: the answer is kept nowhere, and reading twice is two readings.
   */
  @Post(':personId/phone-readings')
  @Access({ roles: ['admin', 'office', 'office-head', 'leader'], note: 'read phone in full 查看完整电话: who has to call' })
  @WithoutIdempotencyKey()
  async readPhone(
    @Param('personId', { schema: personId }) id: PersonId,
    @Body({ schema: readPhone }) body: Of<typeof readPhone>,
    @CurrentActor() actor: Actor,
    @CurrentAccount() account: SignedIn,
    @Req() request: FastifyRequest,
  ): Promise<Readonly<{ phone: string | null }>> {
    const sealed = await this.records.sealedPhone(id);
    if (sealed === undefined) throw notFound();
    const reading = { type: 'ReadPersonalData', data: { fields: ['phone'], purpose: body.purpose } } as const;
    const act = this.desk.act({ by: actor }, body.on);
    await this.bus.execute(new HandleSubject(subjectOf(id), reading, act, randomUUID() as CommandId));
    const { accountId, personId: reader } = account;
    await this.log.record({
      kind: 'read-in-full',
      accountId,
      personId: reader,
      ip: request.ip,
      detail: { subject: subjectOf(id), field: 'phone' },
    });
    const opened = sealed === null ? null : await this.sealer.open(subjectOf(id), sealed);
    return { phone: opened?.['phone'] ?? null };
  }

  @Post(':personId/secondments')
  @Access({ roles: ['admin'], note: 'second 借调' })
  second(
    @Param('personId', { schema: personId }) id: PersonId,
    @Body({ schema: second }) body: Of<typeof second>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    const { fromUnit, toUnit, to } = body;
    const from = body.from ?? this.desk.today();
    return this.send(id, { type: 'Second', data: { fromUnit, toUnit, from, to } }, body, writing);
  }

  @Put(':personId/secondments/:unitId/end')
  @Access({ roles: ['admin'], note: 'end secondment 结束借调' })
  endSecondment(
    @Param('personId', { schema: personId }) id: PersonId,
    @Param('unitId', { schema: unitId }) toUnit: UnitId,
    @Body({ schema: end }) body: Of<typeof end>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    return this.send(id, { type: 'EndSecondment', data: { toUnit, lastDay: body.lastDay ?? this.desk.yesterday() } }, body, writing);
  }

  @Post(':personId/towns')
  @Access({ roles: ['admin'], note: 'leader of a town 包镇' })
  putInCharge(
    @Param('personId', { schema: personId }) id: PersonId,
    @Body({ schema: putInCharge }) body: Of<typeof putInCharge>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    const from = body.from ?? this.desk.today();
    return this.send(id, { type: 'PutInChargeOf', data: { unitId: body.unitId, from, to: body.to } }, body, writing);
  }

  @Put(':personId/towns/:unitId/end')
  @Access({ roles: ['admin'], note: 'end of leadership 结束包镇' })
  endCharge(
    @Param('personId', { schema: personId }) id: PersonId,
    @Param('unitId', { schema: unitId }) town: UnitId,
    @Body({ schema: end }) body: Of<typeof end>,
    @InWriting() writing: Writing,
  ): Promise<Written> {
    return this.send(id, { type: 'EndCharge', data: { unitId: town, lastDay: body.lastDay ?? this.desk.yesterday() } }, body, writing);
  }

  private async seal(id: PersonId, phone: string): Promise<SealedPhone> {
    return { masked: maskPhone(phone.replace(/[ -]/g, '')), sealed: await this.sealer.seal(subjectOf(id), { phone }) };
  }

  private send(id: PersonId, request: PersonRequest, { on }: { on?: Of<typeof end>['on'] }, writing: Writing): Promise<Written> {
    return this.desk.send(id, new HandlePerson(id, request, this.desk.act(writing, on), writing.commandId, writing.seen()), writing);
  }
}
