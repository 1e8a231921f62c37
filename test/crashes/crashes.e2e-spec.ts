import { freshDatabase, type FreshDatabase } from '@app/testing';
import { killsIn, runCampaign, type Finished } from './campaign';
import { EventStoreProcess } from './event-store-process';
import { Instance } from './instance';
import { judge } from './judge';
import { killing } from './killer';
import { boundOf, seedOf, toldOf } from './seeds';
import { squeezing, Volume } from './volume';

jest.setTimeout(1_200_000);

const ON_POSTGRESQL = 50;
const ON_EVENTSTOREDB = 10;
const FULL = 4;
/** Without a small volume of our own, the same refusals are tried over HTTP alone (test/e2e/outage). */
const mayMount = Volume.allowed;
const withVolume = mayMount ? it : it.skip;

describe('An instance whose parts are killed with kill -9 at random moments while people work', () => {
  const seed = seedOf();
  let instance: Instance;
  let storage: FreshDatabase;
  let server: EventStoreProcess;
  let volume: Volume | null = null;

  beforeAll(async () => {
    instance = await Instance.open();
  });
  afterAll(async () => {
    await instance?.stop();
    volume?.unmount();
    instance?.remove();
    await server?.kill();
    await storage?.drop();
  });

  const verdict = (finished: Finished): unknown => {
    process.stderr.write(toldOf(finished, seed));
    const violations = judge(finished.record);
    process.stderr.write(`${violations.length > 0 ? instance.lastWords() : boundOf(killsIn(finished.kills))}\n`);
    return violations.slice(0, 20);
  };

  it(`loses nothing, doubles nothing and leaves nothing half done: api, worker, launcher, PostgreSQL, a rebuild, ${ON_POSTGRESQL} times`, async () => {
    const finished = await runCampaign({ seed, instance, trouble: killing(ON_POSTGRESQL) });
    expect({ seed, violations: verdict(finished) }).toStrictEqual({ seed, violations: [] });
    const { operations, lists, selections, tables } = finished.record;
    const sentAgain = operations.filter((operation) => operation.kind === 'act' && operation.attempts > 1);
    expect(killsIn(finished.kills)).toBe(ON_POSTGRESQL);
    expect([sentAgain, lists, selections, tables].every(({ length }) => length > 0)).toBe(true);
  });

  withVolume(
    `says that the disk is full, leaves nothing half done, and goes on by itself when there is space${mayMount ? '' : ' (nothing may be mounted here)'}`,
    async () => {
      await instance.stop();
      volume = Volume.under(instance.dataDir);
      await instance.start();
      const finished = await runCampaign({ seed: seed + 2, instance, trouble: squeezing(FULL, volume) });
      expect({ seed, violations: verdict(finished) }).toStrictEqual({ seed, violations: [] });
      const met = finished.record.operations.flatMap((operation) => (operation.kind === 'act' ? operation.met : []));
      expect(met).toContain('disk-full');
    },
  );

  it(`nor with its events on EventStoreDB, the event store among them, ${ON_EVENTSTOREDB} times`, async () => {
    storage = await freshDatabase();
    server = await EventStoreProcess.start(storage.url);
    const settings = { EVENTSTORE_URL: server.connectionString };
    await instance.stop();
    for (const command of [['copy-events', '--from', 'postgres', '--to', 'eventstoredb'], ['rebuild']]) {
      const { code, said } = await instance.run(command, undefined, settings);
      expect({ command, code, said: code === 0 ? '' : said }).toStrictEqual({ command, code: 0, said: '' });
    }
    await instance.start(settings);
    const store = { connectionString: server.connectionString };
    const trouble = killing(ON_EVENTSTOREDB, () => server.killAndStart());
    const finished = await runCampaign({ seed: seed + 1, instance, store, trouble });
    expect({ seed, violations: verdict(finished) }).toStrictEqual({ seed, violations: [] });
    expect(killsIn(finished.kills)).toBe(ON_EVENTSTOREDB);
  });
});
