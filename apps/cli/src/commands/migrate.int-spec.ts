import { startDouble } from '@app/eventstore-double';
import { createDataSource, removeRestoreMarker, setRestoreMarker } from '@app/read-store';
import { loadSettings } from '@app/settings';
import { freshDatabase, type FreshDatabase } from '@app/testing';
import { Client } from 'pg';
import { command } from './migrate.command';

describe('The command that every start runs first', () => {
  let database: FreshDatabase;
  let said: string[];
  beforeEach(async () => {
    database = await freshDatabase();
    said = [];
    jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await database.drop();
  });
  const migrate = (EVENTSTORE_URL = ''): Promise<string> =>
    command.run([], loadSettings({ DATABASE_URL: database.url, EVENTSTORE_URL })).then(
      () => 'done',
      (error: Error) => error.message,
    );

  it('says in one sentence that the event store cannot be reached, and shows nothing of its address', async () => {
    const sentence = await migrate('esdb://admin:geheim@127.0.0.1:1?tls=false');
    expect(sentence).toContain('The event store of EVENTSTORE_URL cannot be reached, or refuses the user it was given.');
    expect(sentence).not.toContain('geheim');
  });

  it('refuses another store than the one that the read models were made from', async () => {
    const double = await startDouble();
    try {
      expect(await migrate(double.connectionString)).toBe('done');
      const client = new Client({ connectionString: database.url });
      await client.connect();
      await client.query(
        `insert into checkpoint (name, kind, version, "position", event_id, event_stream, event_revision, event_position)
         values ('r', 'policy', 1, 7, gen_random_uuid(), 'finding-1', 0, 7)`,
      );
      await client.end();
      expect(await migrate(double.connectionString)).toContain('The read models were made from another event store than the one set now');
      expect(await migrate()).toContain('The read models were made from another event store than the one set now');
    } finally {
      await double.close();
    }
  });

  it('refuses an instance whose restore was not finished', async () => {
    const dataSource = await createDataSource(database.url).initialize();
    await setRestoreMarker(dataSource, '11111111-1111-4111-8111-111111111111');
    expect(await migrate()).toContain('A restore was not finished. Run the same npm run cli -- restore command again');
    await removeRestoreMarker(dataSource);
    await dataSource.destroy();
    expect(await migrate()).toBe('done');
  });
});
