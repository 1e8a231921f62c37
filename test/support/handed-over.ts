import { HandleFinding, legIdOf, type FindingIntent } from '@app/findings';
import { Clock, idFrom, localDate, type Actor, type CategoryCode, type CommandId, type FindingId, type UnitId } from '@app/kernel';
import { Directory } from '@app/organisation';
import { Admission } from '@app/selections';
import { Global, Module, type INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { personOf, type Login } from './county';

export const LEG = legIdOf('territorial');
const TODAY = localDate('2020-07-06');
const AT_ONCE = 32;

/** Doors and sight have tests of their own. */
class OpenDoors extends Admission {
  opens(): boolean {
    return true;
  }
  knows(): Promise<boolean> {
    return Promise.resolve(true);
  }
}
@Global()
@Module({ providers: [{ provide: Admission, useClass: OpenDoors }], exports: [Admission] })
export class DoorsModule {}

const filed = (n: string): FindingIntent => ({
  type: 'FileFinding',
  data: {
    number: `QL-2020-${n}`,
    kind: 'finding',
    source: { kind: 'inspection', name: '督查一组', batch: null, documentNumber: null },
    manner: 'on-site',
    teamId: 'team-1' as UnitId,
    foundOn: TODAY,
    place: { townId: 'dazeshan' as UnitId, villageId: null, text: '' },
    subject: { kind: 'village', subjectId: null, label: '北树园村', sealed: null, sensitive: false },
    category: 'archives' as CategoryCode,
    text: '档案不全。',
    basis: null,
    seriousness: 'ordinary',
    suggestedMeasure: null,
    responsibleUnitId: null,
    projectOwnerId: null,
    selfFound: false,
    upper: null,
    list: null,
    parentId: null,
    relapseOf: null,
    items: [],
    capturedAt: null,
    lateEntry: null,
  },
});
const accepted: FindingIntent = {
  type: 'AcceptFinding',
  data: { rectification: 'time-limited', seriousness: 'ordinary', reason: null, stages: [] },
};
const transferred: FindingIntent = {
  type: 'TransferFinding',
  data: {
    legs: [{ legId: LEG, unitId: 'dazeshan' as UnitId, line: 'territorial', duty: 'acts', leads: true }],
    assisting: [],
    copies: [],
    proposed: null,
    overruledBecause: null,
    singleLegBecause: '镇里的事',
    independent: null,
  },
};

/** Findings of one leg each, handed over to the town of the county: straight by command, for tests that need many. */
export const handedOver = async (app: INestApplicationContext, count: number): Promise<readonly FindingId[]> => {
  const bus = app.get(CommandBus, { strict: false });
  const [view, now] = [await app.get(Directory, { strict: false }).view(), app.get(Clock, { strict: false }).now()];
  const actor = (login: Login): Actor => view.actorFor(personOf(login), undefined, now);
  const [inspector, office] = [actor('inspector'), actor('office')];
  const findings = Array.from({ length: count }, (_, i) => idFrom('handed over', i) as FindingId);
  const queue = [...findings];
  const send = (findingId: FindingId, intent: FindingIntent, by: Actor): Promise<unknown> =>
    bus.execute(new HandleFinding(findingId, intent, { commandId: idFrom(findingId, intent.type) as CommandId, by }));
  const lane = async (): Promise<void> => {
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      await send(id, filed(id.slice(0, 8)), inspector);
      await send(id, accepted, office);
      await send(id, transferred, office);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return findings;
};
