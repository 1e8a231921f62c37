import type { RecordedEvent } from '@app/event-store';
import { CommandRunner, type EventStore } from '@app/event-store';
import { HandleLadder, type EscalationEvent } from '@app/escalation';
import type { World } from '@app/findings';
import { idFrom, seededRandom, type CommandId, type SeededRandom } from '@app/kernel';
import { ACTORS } from '../../libs/findings/src/testing/cast';
import type { Agenda } from './agenda';
import { foldingOnce } from './fold-once';
import { ladderHandler, LadderHost, type LadderParts } from './ladder-host';
import { LadderRows } from './ladder-rows';
import type { Turn } from './oracle';
import { TrueClock, type MachineClock } from './simulated-host';
import { YEAR_MS } from './virtual-year';

const HOUR_MS = 3_600_000;
const LOOKS_EVERY_MS = 4 * HOUR_MS;
/** The year begins at 08:00. */
const MIDNIGHT_MS = 16 * HOUR_MS;

/** What a year lends to what is added to it. */
export type SideSetting = Readonly<{
  seed: number;
  store: EventStore;
  agenda: Agenda;
  machines: readonly MachineClock[];
  database: MachineClock;
  world: Readonly<{ current: World }>;
  turns: Turn[];
  failed: (error: unknown) => void;
}>;

/** What the ladder adds to a year: two processes that keep it, and the people who decide on what it proposes. */
export class LadderYear {
  readonly streams = 'escalation-';
  private readonly random: SeededRandom;
  private readonly rows: LadderRows;
  private readonly hosts: readonly LadderHost[];
  private readonly api: ReturnType<typeof ladderHandler>;
  private refusals = 0;

  constructor(
    private readonly setting: SideSetting,
    parts: LadderParts,
  ) {
    const { seed, store, machines, database, world, failed } = setting;
    this.random = seededRandom(seed ^ 0x1add);
    const { random } = this;
    this.rows = new LadderRows(() => (random.chance(0.01) ? random.next() * 600_000 : random.next() * 200));
    const checkpoint = { at: 0n };
    const shared = { store, database, world, failed, checkpoint, rows: this.rows };
    const folding = { ...parts, Runner: foldingOnce(parts.Runner) };
    this.hosts = machines.map((machine) => new LadderHost({ ...shared, machine, random: random.fork() }, folding));
    this.api = ladderHandler(new (foldingOnce(CommandRunner))(store), world, new TrueClock());
  }

  get counts(): Readonly<{ deaths: number; refused: number }> {
    return { deaths: this.hosts.reduce((sum, { deaths }) => sum + deaths, 0), refused: this.refusals };
  }

  start(): void {
    const { random } = this;
    for (const host of this.hosts) {
      host.start();
      // Just after midnight, when a working day's rungs are reached, and on through the day.
      for (let at = MIDNIGHT_MS % LOOKS_EVERY_MS; at < YEAR_MS; at += LOOKS_EVERY_MS)
        this.setting.agenda.at(at + random.next() * 60_000, () => void host.look());
    }
  }

  tell(event: RecordedEvent): void {
    this.rows.tell(event);
    if (event.type !== 'RungProposed' || this.random.chance(0.2)) return;
    const at = performance.now() + this.random.next() * this.random.pick([2, 30, 24 * 9]) * HOUR_MS;
    const { data } = event as unknown as Extract<EscalationEvent, { type: 'RungProposed' }>;
    this.setting.agenda.at(at, () => void this.decides(data, event.id));
  }

  private async decides({ findingId, legId, rung, dueAt }: Extract<EscalationEvent, { type: 'RungProposed' }>['data'], id: string) {
    const by = rung === 'urging' && this.random.chance(0.5) ? ACTORS.office : ACTORS.officeHead;
    const intent = this.random.chance(0.7)
      ? ({ type: 'IssueRung', data: { rung, dueAt } } as const)
      : ({ type: 'DeclineRung', data: { rung, dueAt, reason: '说明' } } as const);
    try {
      await this.api.execute(new HandleLadder(findingId, legId, intent, { commandId: idFrom('decided', id) as CommandId, by }));
    } catch (error) {
      if (error instanceof Error && error.name === 'DomainError') this.refusals += 1;
      else this.setting.failed(error);
    }
  }

  /** Everything works again; now nothing may be left. */
  calm(): void {
    for (const host of this.hosts) host.calm();
  }
  async look(): Promise<void> {
    await Promise.all(this.hosts.map((host) => host.look()));
  }
}
