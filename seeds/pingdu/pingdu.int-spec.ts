import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BulletinIssued } from '@app/bulletins';
import { CODEC, Readers } from '@app/core';
import { EventStore, type RecordedEvent } from '@app/event-store';
import { ClearanceQueries, FINDING_EVENT_TYPES, FindingReader, findingIdOf, STAGES, stageOf, type FindingEvent } from '@app/findings';
import { Clock, localDateOf, type FindingId } from '@app/kernel';
import type { InspectionPlan } from '@app/inspections';
import { ListQueries } from '@app/lists';
import type { NoticeIssued } from '@app/notices';
import { PLACEHOLDER_EVENT_TYPES } from '@app/placeholders';
import { loadSettings } from '@app/settings';
import { freshDatabase, type FreshDatabase } from '@app/testing';
import { DataSource } from 'typeorm';
import { NAMED_IN_THE_DOCUMENTS } from '../kit/names';
import type { Scenario } from '../kit/scenario';
import { readTowns } from './places';
import { tellPingdu } from './index';

type Data<T extends keyof typeof FINDING_EVENT_TYPES> = Extract<FindingEvent, { type: T }>['data'];

let scenario: Scenario;
let names: ReadonlyMap<string, string>;
let events: readonly RecordedEvent[];
let database: FreshDatabase;
const dataDir = mkdtempSync(path.join(tmpdir(), 'pingdu-'));

const everything = async (store: EventStore): Promise<readonly RecordedEvent[]> => {
  const found: RecordedEvent[] = [];
  for (let page = await store.readAll(0n, 1000); page.length > 0; page = await store.readAll(page.at(-1)?.position ?? 0n, 1000)) {
    found.push(...page);
  }
  return found;
};

beforeAll(async () => {
  database = await freshDatabase();
  ({ scenario, names } = await tellPingdu(loadSettings({ DATABASE_URL: database.url, DATA_DIR: dataDir }), () => undefined));
  events = await everything(scenario.get(EventStore));
}, 240_000);
afterAll(async () => {
  await scenario.close();
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const of = <T extends keyof typeof FINDING_EVENT_TYPES>(type: T): readonly Data<T>[] =>
  events.filter((event) => event.type === type).map((event) => event.data as Data<T>);
const findings = (): readonly FindingId[] =>
  events.filter((event) => event.type === 'FindingFiled').map((event) => findingIdOf(event.stream));

/** What in the stored events shows that a rule came into play. */
const SHOWS: Readonly<Record<string, () => boolean>> = {
  'R1 two legs in one transfer, an owner’s leg, a proposal overruled': () =>
    of('FindingTransferred').some((d) => d.legs.length === 2) &&
    of('FindingTransferred').some((d) => d.legs.some((leg) => leg.line === 'owner') && d.overruledBecause !== null),
  'R2 guidance and an opinion': () => of('GuidanceGiven').length > 0 && of('OpinionGiven').length > 0,
  'R3 one leg with its reason; place, responsible unit and owner apart': () =>
    of('FindingTransferred').some((d) => d.singleLegBecause !== null) &&
    of('FindingFiled').some((d) => d.projectOwnerId !== null && d.responsibleUnitId !== d.place.townId),
  'R4 assisting units': () => of('FindingTransferred').some((d) => d.assisting.length > 0),
  'R5 an immediate one with one leg and a copy': () => of('FindingTransferred').some((d) => d.legs.length === 1 && d.copies.length > 0),
  'R6 a parent with children, one of them reopened, all passed': () =>
    of('FindingSplit').some((d) => d.children.length === 3) &&
    of('ChildReopened').length > 0 &&
    of('ChildPassed').some((d) => d.verifyDue !== null),
  'R7 items done, untrue and impossible, hundreds of them': () =>
    ['done', 'untrue', 'cannot'].every((answer) => of('ItemsAnswered').some((d) => d.answers.some((a) => a.answer === answer))) &&
    of('ItemsAnswered').some((d) => d.answers.length > 200),
  'R8 a leg that had passed is named when another is sent back': () => of('LegSentBack').some((d) => d.reopened.length > 0),
  'R9 the office itself: an independent unit verifies, an authorised person clears': () => {
    const transferred = events.find((e) => (e.data as Partial<Data<'FindingTransferred'>>).independent != null);
    const cleared = events.find((e) => e.type === 'FindingCleared' && e.stream === transferred?.stream);
    const named = (transferred?.data as Data<'FindingTransferred'> | undefined)?.independent?.clearer;
    return named !== undefined && (cleared?.data as Data<'FindingCleared'> | undefined)?.by.personId === named;
  },
  'R10 on the spot before two inspectors': () => of('RectifiedOnTheSpot').some((d) => d.inspectors.length >= 2),
  'R10 self-found ones reviewed in their town, one drawn as a sample by the county': () => {
    const inTown = events.filter((e) => e.type === 'LegPassed' && (e.data as Data<'LegPassed'>).by.unitId.startsWith('town-'));
    const drawn = events.some((e) => e.stream === inTown[1]?.stream && (e.data as Partial<Data<'FindingVerified'>>).method === 'sample');
    return inTown.length === 3 && drawn;
  },
  'R10 put down with the filing, taken over by the head': () => {
    const seen = events.find((e) => e.type === 'OnTheSpotWitnessed');
    return events.some((e) => e.type === 'RectifiedOnTheSpot' && e.stream === seen?.stream);
  },
  'R11 accepted by the head of the team; triage overdue': () =>
    of('FindingAccepted').some((d) => d.by.unitId.startsWith('team-')) && of('DeadlinePassed').some((d) => d.key === 'triage'),
  'R12 first review refused; signed by the head': () =>
    of('LegFirstReviewed').some((d) => !d.passed) && of('LegSubmitted').some((d) => d.by.postId?.endsWith('-head') === true),
  'R13 signed in place of somebody; assigned to a village': () =>
    of('LegSubmitted').some((d) => d.by.inPlaceOf !== null) && of('LegAssigned').some((d) => d.villageId !== null),
  'R14 a unit merged, its open legs carried on by the successor': () =>
    events.some((e) => e.type === 'UnitMerged') &&
    of('LegSubmitted').some((d) => d.unitId === 'dept-project-centre' && d.by.unitId === 'dept-poverty'),
  'R15 a day claimed that is not the day of recording': () => of('ProgressRecorded').some((d) => d.on < localDateOf(d.at)),
  'R16 an offline capture and a late entry of the office': () =>
    of('FindingFiled').some((d) => d.lateEntry?.kind === 'offline') &&
    of('LegSubmitted').some((d) => d.lateEntry?.kind === 'office' && d.onTime),
  'R17 delivered after hours, counted from the next day; deemed signed': () =>
    of('LegDelivered').some((d) => d.due.steps.some((s) => s.kind === 'delivered' && s.countsFrom > localDateOf(d.at))) &&
    of('LegSignedFor').some((d) => d.deemed),
  'R18 due by upper level, instruction, list row and rule': () =>
    ['upper', 'list-row', 'rule'].every((source) => of('LegDelivered').some((d) => d.due.source === source)) &&
    of('DueTimeMoved').some((d) => d.because === 'instruction'),
  'R19 the first sending back moves the deadline, the second does not': () =>
    of('LegSentBack').some((d) => d.first && d.due.steps.some((s) => s.kind === 'paused' && s.days > 0)) &&
    of('LegSentBack').some((d) => !d.first),
  'R20 the scenario’s clock alone': () =>
    events.every((e) => e.metadata.recordedAt >= '2020-04-21' && e.metadata.recordedAt < '2020-07-18'),
  'R21 returned and ruled in every way, once by the leader for good': () =>
    ['stays', 'moved', 'untrue'].every((ruling) => of('ReturnRuled').some((d) => d.ruling === ruling)) &&
    of('ReturnRuled').some((d) => d.final),
  'R22 a joint ruling': () => of('JointRulingRecorded').some((d) => d.participants.length > 1),
  'R23 the authority’s answers, and both closures': () =>
    ['extended', 'dismissed', 'merged'].every((answer) => of('UpperAnswerRecorded').some((d) => d.answer === answer)) &&
    of('UpperCleared').length > 0,
  'R24 withdrawn by the source, linked': () => of('FindingWithdrawn').some((d) => d.origin === 'source') && of('FindingLinked').length > 0,
  'R25 basically complete; staged to long-term; stages planned anew': () =>
    of('ProgressRecorded').some((d) => d.basicallyComplete !== null) &&
    of('TurnedLongTerm').length > 0 &&
    of('StagesRescheduled').length > 0,
  'R26 looked back with each result; the relapse filed': () =>
    ['holds', 'not-thorough', 'relapse'].every((result) => of('LookedBack').some((d) => d.result === result)) &&
    of('ClearanceRevoked').length > 1 &&
    of('FindingFiled').some((d) => d.relapseOf !== null),
};

describe('the scenario of Pingdu', () => {
  it('does nothing that the rules refuse', () => expect(scenario.refusals).toStrictEqual([]));
  it.each(Object.entries(SHOWS))('%s', (_rule, shown) => expect(shown()).toBe(true));

  it('keeps a place for what is handled offline: open, settled and withdrawn (R39)', () => {
    const seen = events.map((event) => event.type);
    const counts = Object.keys(PLACEHOLDER_EVENT_TYPES).map((type) => [type, seen.filter((t) => t === type).length]);
    expect(counts).toStrictEqual([
      ['PlaceholderRegistered', 3],
      ['PlaceholderSettled', 1],
      ['PlaceholderWithdrawn', 1],
    ]);
  });
  it('has weekly bulletins and the table of June, each beside the one before', () => {
    const issued = events.flatMap(({ type, data }) => (type === 'BulletinIssued' ? [data as BulletinIssued['data']] : []));
    expect(issued.map(({ kind, number, period, previous }) => [kind, number, period.to, previous?.bulletinId ?? null])).toStrictEqual([
      ['bulletin', 1, '2020-06-28', null],
      ['monthly', 1, '2020-06-30', null],
      ['bulletin', 2, '2020-07-05', 'bulletin-1'],
      ['bulletin', 3, '2020-07-12', 'bulletin-2'],
    ]);
    expect(issued.every(({ figures }) => (figures.tables[0]?.rows[0]?.figures['found'] ?? 0) > 100)).toBe(true);
  });

  it('has notices on paper: a 交办单, a 限期整改通知单 with its answer, and the correction of it', () => {
    const numbers = events.flatMap(({ type, data }) => (type === 'NoticeIssued' ? [(data as NoticeIssued['data']).number] : []));
    expect(numbers).toStrictEqual(expect.arrayContaining(['交办〔2020〕0001号', '限改〔2020〕0001号', '更正〔2020〕0001号']));
    const seen = new Set(events.map(({ type }) => type));
    expect(['NoticeDelivered', 'NoticeSignedFor', 'NoticeReplied', 'NoticeCorrected'].filter((type) => !seen.has(type))).toStrictEqual([]);
  });
  it('has a town under supervision: put on the list by its leader, its reports given and missed, beside what was examined', () => {
    const told = (type: string): number => events.filter((event) => event.type === type).length;
    const types = ['SubjectsExamined', 'ListingProposed', 'PutUnderSupervision', 'SupervisionReportGiven', 'SupervisionReportMissed'];
    expect(types.map(told)).toStrictEqual([13, 1, 1, 1, 1]);
  });
  it('climbs the ladder: urgings and letters went out, some were not thought necessary, others wait for somebody', () => {
    const told = (type: string, rung: string): number =>
      events.filter((event) => event.type === type && (event.data as { rung: string }).rung === rung).length;
    const some = (type: string): readonly number[] => ['urging', 'supervision-letter'].map((rung) => Math.min(1, told(type, rung)));
    expect([some('RungProposed'), some('RungIssued')]).toStrictEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(told('RungDeclined', 'urging')).toBeGreaterThan(0);
    expect(told('RungProposed', 'urging')).toBeGreaterThan(told('RungIssued', 'urging') + told('RungDeclined', 'urging'));
  });
  it('sends every team out today where open findings wait for it, after tasks of June that are over', () => {
    const told = (type: string) => events.filter((event) => event.type === type).map((event) => event.data as InspectionPlan);
    const today = localDateOf(scenario.get<Clock>(Clock).now());
    const underWay = told('InspectionPlanned').filter(({ from, to }) => from <= today && today <= to);
    expect(underWay.map(({ teamId }) => teamId).sort()).toStrictEqual(['team-1', 'team-2', 'team-3', 'team-4']);
    const open = new Set(of('FindingFiled').map(({ place }) => place.villageId));
    expect(underWay.flatMap(({ villages }) => villages).filter((village) => !open.has(village))).toStrictEqual([]);
    expect([told('InspectionChanged').length, told('InspectionEnded').length]).toStrictEqual([1, 1]);
  });
  it('holds about three hundred findings and every kind of event of theirs', () => {
    expect(findings().length).toBeGreaterThan(300);
    const seen = new Set(events.map((event) => event.type));
    expect(Object.keys(FINDING_EVENT_TYPES).filter((type) => !seen.has(type))).toStrictEqual([]);
    expect([...seen].filter((type) => !CODEC.knows(type))).toStrictEqual([]);
  });
  it('ends with findings in every stage', async () => {
    const reader = scenario.get<FindingReader>(FindingReader);
    const stages = new Set<string | null>();
    for (const id of findings()) stages.add(stageOf((await reader.load(id)).state));
    expect(STAGES.filter((stage) => !stages.has(stage))).toStrictEqual([]);
  });
  it('names nobody whom the documents name, and no number twice', () => {
    expect([...names.values()].filter((name) => NAMED_IN_THE_DOCUMENTS.has(name))).toStrictEqual([]);
    const numbers = of('FindingFiled').map((d) => d.number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
  it('has the eighteen towns and 363 villages of the committed slice', () => {
    const towns = readTowns();
    expect([towns.length, towns.reduce((sum, town) => sum + town.villages.length, 0)]).toStrictEqual([18, 363]);
    expect(events.filter((e) => e.type === 'UnitEstablished' && (e.data as { kind: string }).kind === 'village')).toHaveLength(363);
  });
  it('shows of each list what the clearance board shows of it, relapses included (R26, R37)', async () => {
    const now = scenario.get<Clock>(Clock).now();
    const when = { asOf: localDateOf(now), from: null };
    const board = await new ClearanceQueries(scenario.get<DataSource>(DataSource)).board('list', when, {
      subtree: true,
      seen: null,
      under: null,
    });
    const figures = new Map(board.rows.map((row) => [row.id, row.figures as Readonly<Record<string, number>>]));
    const lists = (await scenario.get<ListQueries>(ListQueries).lists({ all: true }, now)).filter(({ status }) => status === 'issued');
    const shown = lists.map(({ listId, counts: { filed, untriaged, cleared, relapses } }) => [listId, filed, untriaged, cleared, relapses]);
    const counted = lists.map(({ listId }) => {
      const row = figures.get(listId);
      return [listId, row?.['found'], row?.['untriaged'], row?.['cleared'], row?.['relapses']];
    });
    expect(shown).toStrictEqual(counted);
    expect(lists.length).toBeGreaterThan(1);
  });
  it('gives the same rows when every read model is made anew from its events', async () => {
    const tables = await scenario.get<Readers>(Readers).compareWithRebuild();
    const different = tables.filter(({ onlyLive, onlyRebuilt }) => onlyLive.length > 0 || onlyRebuilt.length > 0);
    expect(different).toStrictEqual([]);
    expect(tables.length).toBeGreaterThan(5);
  }, 120_000);
});
