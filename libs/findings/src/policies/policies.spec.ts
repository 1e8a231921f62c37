import { CommandRunner, InMemoryEventStore } from '@app/event-store';
import { idFrom, stampOf, type Actor, type CommandId, type FindingId } from '@app/kernel';
import type { Policy } from '@app/read-store';
import { VirtualClock } from '@app/testing';
import type { CommandBus } from '@nestjs/cqrs';
import { FindingHistories } from '../application/finding-history';
import { FindingNumbers } from '../application/finding-numbers';
import { findingStream } from '../application/finding-stream';
import { UpperReferences } from '../application/upper-references';
import { FindingCommandHandler } from '../application/finding.command-handler';
import type { FindingIntent, HandleFinding } from '../application/handle-finding';
import { HandleFinding as Handle } from '../application/handle-finding';
import { WorldSource } from '../application/world-source';
import type { FindingEvent } from '../domain/finding.events';
import { stageOf, type FindingState } from '../domain/finding.state';
import { ACTORS, allPassed, aWorld, cleared, DEPARTMENT_LEG, filing, findingId, UNITS, verified } from '../testing/finding-builders';
import { FamilyPolicy } from './family.policy';
import { RelapsePolicy } from './relapse.policy';

class TheWorld extends WorldSource {
  now() {
    return Promise.resolve(aWorld());
  }
}
/** No policy files under an upper level's number. */
class FreeReferences extends UpperReferences {
  claim(): Promise<void> {
    return Promise.resolve();
  }
  release(): Promise<void> {
    return Promise.resolve();
  }
}
class Numbers extends FindingNumbers {
  private readonly given = new Map<string, string>();
  take(commandId: CommandId): Promise<string> {
    const number = this.given.get(commandId) ?? `QL-2020-00090${String(this.given.size)}`;
    this.given.set(commandId, number);
    return Promise.resolve(number);
  }
  settle(): Promise<void> {
    return Promise.resolve();
  }
}

const setUp = () => {
  const store = new InMemoryEventStore();
  const clock = new VirtualClock();
  const handler = new FindingCommandHandler(new CommandRunner(store), clock, new TheWorld(), new FreeReferences());
  const bus = { execute: (command: HandleFinding) => handler.execute(command) } as unknown as CommandBus;
  const histories = new FindingHistories(store);
  const policies: readonly Policy[] = [new FamilyPolicy(bus, histories), new RelapsePolicy(bus, histories, new Numbers())];
  let sent = 0;
  let seen = 0n;
  return {
    store,
    histories,
    send: (id: FindingId, intent: FindingIntent, by: Actor) =>
      handler.execute(new Handle(id, intent, { commandId: idFrom('command', (sent += 1)) as CommandId, by })),
    put: async (id: FindingId, events: readonly FindingEvent[]) => {
      await store.append(
        findingStream(id),
        'any',
        events.map(({ type, data }, i) => ({
          id: idFrom(id, 'past', i),
          type,
          version: 1,
          data,
          metadata: {
            recordedAt: data.at,
            businessDate: data.on,
            actor: data.by.personId,
            actingUnit: data.by.unitId,
            actingPost: null,
            commandId: idFrom(id, i) as CommandId,
            causationId: null,
          },
        })),
      );
    },
    /** Lets the policies react until nothing follows; `again` from the first event on, as after a crash. */
    react: async (again = false) => {
      if (again) seen = 0n;
      for (let page = await store.readAll(seen, 100); page.length > 0; page = await store.readAll(seen, 100)) {
        for (const event of page) {
          for (const policy of policies) if (policy.handles.includes(event.type)) await policy.react(event);
          seen = event.position;
        }
      }
    },
    stage: async (id: FindingId) => stageOf((await histories.of(id))?.state ?? ({ phase: 'absent' } satisfies FindingState)),
  };
};

const PARENT = findingId('parent');
const [NORTH, SOUTH] = [findingId('north'), findingId('south')];
const children = [
  { findingId: NORTH, townId: UNITS.town, number: 'QL-2020-000002' },
  { findingId: SOUTH, townId: UNITS.otherTown, number: 'QL-2020-000003' },
];

describe('a finding over several towns (R6)', () => {
  const split = async () => {
    const world = setUp();
    await world.send(PARENT, { type: 'FileFinding', data: filing() }, ACTORS.inspector);
    await world.send(
      PARENT,
      { type: 'AcceptFinding', data: { rectification: 'time-limited', seriousness: 'ordinary', reason: null, stages: [] } },
      ACTORS.office,
    );
    await world.send(PARENT, { type: 'SplitFinding', data: { children } }, ACTORS.office);
    const legs = [{ ...DEPARTMENT_LEG, leads: true }];
    const transfer = { legs, assisting: [], copies: [], proposed: null, overruledBecause: null, singleLegBecause: null, independent: null };
    await world.send(PARENT, { type: 'TransferFinding', data: transfer }, ACTORS.office);
    await world.react();
    return world;
  };

  it('has a child per town, accepted and transferred to it alone', async () => {
    const { histories, stage } = await split();
    for (const { findingId: id, townId } of children) {
      const child = await histories.of(id);
      expect([child?.filed.parentId, child?.filed.place.townId]).toStrictEqual([PARENT, townId]);
      const legs = child?.state.phase === 'assigned' ? Object.values(child.state.work.legs) : [];
      expect(legs.map((leg) => [leg.unitId, leg.line, leg.leads])).toStrictEqual([[townId, 'territorial', true]]);
      expect(await stage(id)).toBe('unsigned');
    }
  });

  it('is told what becomes of the children, once', async () => {
    const { send, react, histories, store } = await split();
    await send(NORTH, { type: 'WithdrawFinding', data: { reason: '来源撤回', documentNumber: '平督〔2020〕3号' } }, ACTORS.office);
    await react();
    const passed = async () => {
      const parent = await histories.of(PARENT);
      return parent?.state.phase === 'assigned' ? parent.state.core.children.map((child) => child.passed) : null;
    };
    expect(await passed()).toStrictEqual([true, false]);
    const before = await store.head();
    await react(true);
    expect(await store.head()).toBe(before);
  });
});

describe('a relapse (R26)', () => {
  it('is a new finding, linked to the old one and filed by whoever looked', async () => {
    const { put, send, react, histories, store } = setUp();
    const [old, relapseId] = [findingId('old'), findingId('again')];
    await put(old, [...allPassed(), verified(), cleared()]);
    await send(
      old,
      { type: 'LookBack', data: { round: '2020年7月回头看', result: 'relapse', text: '墙体再次开裂', relapseId } },
      ACTORS.inspector,
    );
    await react();
    const found = await histories.of(relapseId);
    expect([found?.filed.relapseOf, found?.filed.number, found?.filed.list]).toStrictEqual([old, 'QL-2020-000900', null]);
    expect(found?.filed.by).toStrictEqual(stampOf(ACTORS.inspector));
    const before = await store.head();
    await react(true);
    expect(await store.head()).toBe(before);
  });
});
