import { CommandRunner, type RecordedEvent } from '@app/event-store';
import {
  addDays,
  idFrom,
  localDateOf,
  msOf,
  seededRandom,
  type CommandId,
  type FindingId,
  type SeededRandom,
  type UnitId,
} from '@app/kernel';
import {
  HandleSupervision,
  supervisionIdOf,
  type SupervisionEvent,
  type SupervisionIntent,
  type SupervisionSubject,
} from '@app/supervision';
import { actor, leader, office } from '../../libs/supervision/src/testing/cast';
import { foldingOnce } from './fold-once';
import type { SideSetting } from './ladder-year';
import { TrueClock } from './simulated-host';
import { supervisionHandler, SupervisionHost, type SupervisionParts } from './supervision-host';
import { SupervisionRows } from './supervision-rows';
import { START_MS, trueTime } from './virtual-year';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const TEXT = '说明';

const subjectOf = (n: number): SupervisionSubject => {
  const unitId = `listed-${n}` as UnitId;
  return n % 3 > 0
    ? { kind: 'unit', unitId }
    : { kind: 'finding', findingId: `listed-${n}` as FindingId, number: `QL-${n}`, unitIds: [unitId] };
};
const unitOf = (subject: SupervisionSubject): UnitId => (subject.kind === 'unit' ? subject.unitId : (subject.unitIds[0] as UnitId));

/** What 挂牌督办 adds to a year: two processes that ask for reports, the units that owe them, and who lists and removes units. */
export class SupervisionYear {
  readonly streams = 'supervision-';
  private readonly random: SeededRandom;
  private readonly rows: SupervisionRows;
  private readonly hosts: readonly SupervisionHost[];
  private readonly api: ReturnType<typeof supervisionHandler>;

  constructor(
    private readonly setting: SideSetting,
    private readonly listed: number,
    parts: SupervisionParts,
  ) {
    const { seed, store, machines, database, world, turns, failed } = setting;
    this.random = seededRandom(seed ^ 0x5e7);
    const { random } = this;
    this.rows = new SupervisionRows(() => (random.chance(0.01) ? random.next() * 600_000 : random.next() * 200));
    const shared = { store, database, world, turns, failed, rows: this.rows };
    const folding = { ...parts, Runner: foldingOnce(parts.Runner) };
    this.hosts = machines.map((machine) => new SupervisionHost({ ...shared, machine, random: random.fork() }, folding));
    this.api = supervisionHandler(new (foldingOnce(CommandRunner))(store), world, new TrueClock());
  }

  start(): void {
    for (const host of this.hosts) host.start();
    for (let n = 0; n < this.listed; n += 1) this.proposes(subjectOf(n), this.random.next() * 60 * DAY_MS, `first-${n}`);
  }

  /** What people do about it; and where a report is due, the processes will be looking. */
  tell(stored: RecordedEvent): void {
    this.rows.tell(stored);
    const { random } = this;
    const event = { type: stored.type, data: stored.data } as SupervisionEvent;
    const { subject } = event.data;
    const does = (inMs: number, intent: () => SupervisionIntent, by = leader): void => this.does(subject, inMs, stored.id, intent, by);
    switch (event.type) {
      case 'ListingProposed':
        return does(random.next() * 2 * DAY_MS, () => this.listing());
      case 'SupervisionReportAsked':
        return this.reportIsDue(event, stored.id);
      case 'PutUnderSupervision':
      case 'RemovalRefused':
        return does(
          this.atATime(10 + random.next() * 90),
          () => ({ type: 'AskRemoval', data: { answers: [TEXT] } }),
          actor(unitOf(subject), ['head']),
        );
      case 'RemovalAsked':
        return random.chance(0.6)
          ? does(this.atATime(random.next() * 5), () => ({ type: 'ApproveRemoval', data: { reason: null } }))
          : does(this.atATime(random.next() * 5), () => ({ type: 'RefuseRemoval', data: { reason: TEXT } }));
      case 'SupervisionRemoved':
        return random.chance(0.8) ? this.proposes(subject, random.next() * 30 * DAY_MS, stored.id) : undefined;
      default:
        return undefined;
    }
  }

  /** Everything works again; now nothing may be left. */
  calm(): void {
    for (const host of this.hosts) host.calm();
  }
  async look(): Promise<void> {
    await Promise.all(this.hosts.map((host) => host.wake(performance.now() + MINUTE_MS)));
  }

  /** Milliseconds until about so many days later: at any time, or around the hour at which reports are due. */
  private atATime(days: number): number {
    const { random } = this;
    if (random.chance(0.5)) return days * DAY_MS;
    // The year begins at 08:00.
    const halfPastFive = (Math.floor(performance.now() / DAY_MS) + Math.floor(days)) * DAY_MS + 9.5 * HOUR_MS;
    return Math.max(0, halfPastFive + (random.next() - 0.5) * 4 * MINUTE_MS - performance.now());
  }

  private listing(): SupervisionIntent {
    const { random } = this;
    const plan = { leaderId: leader.personId, rectifierId: null, measures: TEXT, funds: null, emergencyPlan: null };
    const cadence = { every: random.pick([1, 2, 3, 5, 7, 10, 15]), unit: random.pick(['working', 'natural'] as const) };
    const deadline = addDays(localDateOf(trueTime(performance.now())), 90);
    return { type: 'PutOnList', data: { ...plan, deadline, cadence, criteria: [{ kind: 'stated', text: TEXT }], reason: TEXT } };
  }

  private proposes(subject: SupervisionSubject, inMs: number, key: string): void {
    const data = { subject, origin: { kind: 'person' }, reason: TEXT, grounds: null, quietDays: 0 } as const;
    this.does(subject, inMs, key, () => ({ type: 'ProposeListing', data }), office);
  }

  /** Given in good time, in the last moment, a moment too late, days too late or never. */
  private reportIsDue({ data }: Extract<SupervisionEvent, { type: 'SupervisionReportAsked' }>, key: string): void {
    const { random } = this;
    const due = msOf(data.dueAt) - START_MS;
    for (const host of this.hosts) this.setting.agenda.at(due - random.next() * 5 * MINUTE_MS, () => void host.wake(due + 2 * MINUTE_MS));
    const now = performance.now();
    const when = random.pick([
      now + random.next() * Math.max(0, due - now),
      due - random.next() * 2 * MINUTE_MS,
      due - 1,
      due,
      due + random.next() * MINUTE_MS,
      due + random.next() * 6 * DAY_MS,
      null,
    ]);
    const intent = { type: 'GiveReport', data: { period: data.period, text: TEXT } } as const;
    if (when !== null) this.does(data.subject, Math.max(0, when - now), key, () => intent, actor(unitOf(data.subject), ['clerk']));
  }

  private does(subject: SupervisionSubject, inMs: number, key: string, intent: () => SupervisionIntent, by = leader): void {
    const commandId = idFrom('supervised', key) as CommandId;
    this.setting.agenda.at(performance.now() + inMs, () => {
      this.api.execute(new HandleSupervision(supervisionIdOf(subject), intent(), { by, commandId })).catch((error: unknown) => {
        if (!(error instanceof Error) || error.name !== 'DomainError') this.setting.failed(error);
      });
    });
  }
}
