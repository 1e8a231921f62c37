import { EventStoreDBClient, type StreamMetadata } from '@eventstore/db-client';
import { makeCertificates, type MadeCertificates } from '@app/testing';
import type { RunningDouble } from '../server/double-options';
import { startDouble } from '../server/start-double';
import { all, note, notes, pick, refusalOf, someStream } from './stage';

const ADMIN = { username: 'admin', password: 'changeit' };
const OPS = { username: 'ops', password: 'changeit' };
const STRANGER = { username: 'AzureDiamond', password: 'hunter2' };
const DENIED = { name: 'AccessDeniedError' };

describe('A double with certificates and users', () => {
  let certificates: MadeCertificates;
  let double: RunningDouble;
  let admin: EventStoreDBClient;
  const clients: EventStoreDBClient[] = [];
  const connect = (credentials: typeof ADMIN | null): EventStoreDBClient => {
    const prefix = credentials === null ? '' : `${credentials.username}:${credentials.password}@`;
    const client = EventStoreDBClient.connectionString(double.connectionString.replace('esdb://', `esdb://${prefix}`));
    clients.push(client);
    return client;
  };
  beforeAll(async () => {
    certificates = await makeCertificates();
    double = await startDouble({ certDir: certificates.dir });
    admin = connect(ADMIN);
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.dispose()));
    await double.close();
    await certificates.drop();
  });

  it('lets the administrator in, by the connection string or for one call', async () => {
    expect((await all(admin.readAll({ maxCount: 3 }))).length).toBe(3);
    expect((await all(connect(STRANGER).readAll({ maxCount: 3, credentials: ADMIN }))).length).toBe(3);
    expect((await all(connect(null).readAll({ maxCount: 3, credentials: ADMIN }))).length).toBe(3);
  });

  it.each([
    { who: 'an unknown user', as: STRANGER },
    { who: 'a wrong password', as: { username: 'admin', password: 'changeit ' } },
    { who: 'an empty password', as: { username: 'admin', password: '' } },
    { who: 'a name in other letters', as: { username: 'Admin', password: 'changeit' } },
  ])('refuses $who everywhere', async ({ as }) => {
    const stream = someStream();
    await admin.appendToStream(stream, notes(1));
    for (const work of [
      () => admin.readAll({ maxCount: 1, credentials: as }),
      () => admin.readStream(stream, { credentials: as }),
      () => admin.appendToStream(stream, notes(1), { credentials: as }),
      () => admin.deleteStream(stream, { credentials: as }),
      () => admin.tombstoneStream(stream, { credentials: as }),
      () => admin.setStreamMetadata(stream, { maxCount: 1 }, { credentials: as }),
      () => admin.subscribeToAll({ credentials: as }),
      () => admin.subscribeToStream(stream, { credentials: as }),
    ]) {
      expect(pick(await refusalOf(work()))).toStrictEqual(DENIED);
    }
    expect((await all(admin.readStream(stream))).length).toBe(1);
  });

  it('gives the whole log and the system streams to administrators alone', async () => {
    for (const client of [connect(OPS), connect(null)]) {
      for (const work of [
        () => client.readAll({ maxCount: 1 }),
        () => client.subscribeToAll(),
        () => client.readStream('$users'),
        () => client.appendToStream('$mine', notes(1)),
        () => client.deleteStream('$users'),
      ]) {
        expect(pick(await refusalOf(work()))).toStrictEqual(DENIED);
      }
    }
    expect((await all(admin.readStream('$users'))).length > 0).toBe(true);
    expect((await admin.appendToStream('$mine', notes(1))).success).toBe(true);
  });

  it('gives other streams to every user, as long as their metadata says nothing else, and to nobody without a name', async () => {
    const [ops, nobody] = [connect(OPS), connect(null)];
    const stream = someStream();
    await ops.appendToStream(stream, notes(2));
    expect((await all(ops.readStream(stream))).length).toBe(2);
    await ops.deleteStream(stream);
    await ops.appendToStream(stream, notes(1));
    expect((await ops.setStreamMetadata(stream, { maxCount: 5 })).success).toBe(true);
    for (const work of [
      () => nobody.readStream(stream),
      () => nobody.appendToStream(stream, notes(1)),
      () => nobody.deleteStream(stream),
    ]) {
      expect(pick(await refusalOf(work()))).toStrictEqual(DENIED);
    }
  });

  const acts = (client: EventStoreDBClient, stream: string) => ({
    readRoles: () => all(client.readStream(stream)),
    writeRoles: () => client.appendToStream(stream, note()),
    metaReadRoles: () => client.getStreamMetadata(stream),
    metaWriteRoles: () => client.setStreamMetadata(stream, { acl: { metaWriteRoles: ['nobody'] } }),
    deleteRoles: () => client.deleteStream(stream),
  });

  it.each(['readRoles', 'writeRoles', 'metaReadRoles', 'metaWriteRoles', 'deleteRoles'] as const)(
    'heeds the %s of a stream: for others, for the group, for the user and for the administrator',
    async (right) => {
      const withAcl = async (...roles: readonly string[]): Promise<string> => {
        const stream = someStream();
        await admin.appendToStream(stream, notes(1));
        await admin.setStreamMetadata(stream, { acl: { [right]: roles } } satisfies StreamMetadata);
        return stream;
      };
      const ops = connect(OPS);
      expect(pick(await refusalOf(acts(ops, await withAcl('somebody'))[right]()))).toStrictEqual(DENIED);
      for (const roles of [['somebody', 'ops'], ['$ops'], ['$all']]) await acts(ops, await withAcl(...roles))[right]();
      await acts(admin, await withAcl('somebody'))[right]();
    },
  );

  it('heeds the rights on both ways to append', async () => {
    const stream = someStream();
    await admin.appendToStream(stream, notes(1));
    await admin.setStreamMetadata(stream, { acl: { writeRoles: ['somebody'] } });
    const ops = connect(OPS);
    expect(pick(await refusalOf(ops.appendToStream(stream, notes(1))))).toStrictEqual(DENIED);
    expect(pick(await refusalOf(ops.appendToStream(stream, notes(1), { credentials: OPS })))).toStrictEqual(DENIED);
    expect((await ops.appendToStream(someStream(), notes(1))).success).toBe(true);
  });

  it('takes no client that was told of another authority', async () => {
    const other = await makeCertificates();
    const client = EventStoreDBClient.connectionString(
      `esdb://admin:changeit@localhost:${double.port}?tlsCAFile=${encodeURIComponent(other.caFile)}`,
    );
    clients.push(client);
    expect(pick(await refusalOf(client.readAll({ maxCount: 1 })), 'code')['code']).toBe(14);
    await other.drop();
  });

  it('takes other passwords in place of the first ones', async () => {
    const own = await startDouble({ certDir: certificates.dir, passwords: { admin: 'a long sentence', ops: 'another one' } });
    const address = own.connectionString.replace('esdb://', 'esdb://admin:a%20long%20sentence@');
    const client = EventStoreDBClient.connectionString(address);
    clients.push(client);
    expect((await all(client.readAll({ maxCount: 1 }))).length).toBe(1);
    expect(pick(await refusalOf(client.readAll({ maxCount: 1, credentials: ADMIN })))).toStrictEqual(DENIED);
    await own.close();
  });
});
