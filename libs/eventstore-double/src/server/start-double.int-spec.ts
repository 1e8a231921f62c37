import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AccessDeniedError, EventStoreDBClient, jsonEvent, UnsupportedError } from '@eventstore/db-client';
import { ProjectionsClient } from '@eventstore/db-client/generated/projections_grpc_pb';
import { StatisticsReq } from '@eventstore/db-client/generated/projections_pb';
import { ServerFeaturesClient } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { credentials, status, type ServiceError } from '@grpc/grpc-js';
import { makeCertificates, type MadeCertificates } from '@app/testing';
import type { DoubleOptions, RunningDouble } from './double-options';
import { startDouble } from './start-double';

const clients: EventStoreDBClient[] = [];
const doubles: RunningDouble[] = [];
let certificates: MadeCertificates;
let elsewhere: MadeCertificates;
beforeAll(async () => {
  [certificates, elsewhere] = await Promise.all([makeCertificates(), makeCertificates()]);
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.dispose()));
  await Promise.all(doubles.splice(0).map((double) => double.close()));
});
afterAll(async () => {
  await Promise.all([certificates.drop(), elsewhere.drop()]);
});

const start = async (options: DoubleOptions = {}): Promise<RunningDouble> => {
  const double = await startDouble(options);
  doubles.push(double);
  return double;
};
const connect = (connectionString: string): EventStoreDBClient => {
  const client = EventStoreDBClient.connectionString(connectionString);
  clients.push(client);
  return client;
};
const as = (user: string, { connectionString }: RunningDouble): EventStoreDBClient =>
  connect(connectionString.replace('esdb://', `esdb://${user}@`));

const note = () => jsonEvent({ type: 'Noted', data: { text: '大泽山镇' } });
const appendAndRead = async (client: EventStoreDBClient, stream = 'notes'): Promise<number> => {
  await client.appendToStream(stream, note());
  let read = 0;
  for await (const { event } of client.readStream(stream)) read += event === undefined ? 0 : 1;
  return read;
};
/** Reading $all is for administrators. */
const readAll = async (client: EventStoreDBClient): Promise<number> => {
  let read = 0;
  for await (const _ of client.readAll({ maxCount: 10 })) read += 1;
  return read;
};

describe('The double in plain text', () => {
  it('says that it is a 24.6 with the five methods of Streams, and nothing of what it has not', async () => {
    const { port } = await start();
    const client = new ServerFeaturesClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const supported = await new Promise<SupportedMethods.AsObject>((resolve, reject) => {
      client.getSupportedMethods(new Empty(), (error, answer) => (error === null ? resolve(answer.toObject()) : reject(error)));
    });
    client.close();
    expect(supported.eventStoreServerVersion).toBe('24.6.0');
    expect(
      supported.methodsList.map(({ serviceName, methodName, featuresList }) => [serviceName, methodName, ...featuresList].join(' ')),
    ).toStrictEqual([
      'event_store.client.streams.streams read position events',
      'event_store.client.streams.streams append',
      'event_store.client.streams.streams batchappend deadline_duration',
      'event_store.client.streams.streams delete',
      'event_store.client.streams.streams tombstone',
      'event_store.client.gossip.gossip read',
      'event_store.client.server_features.serverfeatures getsupportedmethods',
    ]);
  });

  it('is found by gossip, at the address the client asked at', async () => {
    const { port } = await start();
    for (const host of ['127.0.0.1', 'localhost']) {
      const client = connect(`esdb+discover://${host}:${port}?tls=false&maxDiscoverAttempts=2`);
      expect(await appendAndRead(client, `by ${host}`)).toBe(1);
    }
  });

  it('is found among several addresses of which the others are dead', async () => {
    const { port } = await start();
    const client = connect(`esdb://127.0.0.1:1,127.0.0.1:${port}?tls=false&maxDiscoverAttempts=2&nodePreference=follower`);
    expect(await appendAndRead(client)).toBe(1);
  });

  it('answers UNIMPLEMENTED to services it does not have', async () => {
    const { port } = await start();
    const client = new ProjectionsClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const error = await new Promise<ServiceError | null>((resolve) => {
      client.statistics(new StatisticsReq()).once('error', resolve).resume();
    });
    client.close();
    expect(error?.code).toBe(status.UNIMPLEMENTED);
    const official = connect(`esdb://127.0.0.1:${port}?tls=false`);
    await expect(official.createPersistentSubscriptionToAll('group', {} as never)).rejects.toBeInstanceOf(UnsupportedError);
  });

  it('takes everybody for an administrator, as an insecure server does', async () => {
    const double = await start();
    expect(await readAll(connect(double.connectionString))).toBeGreaterThanOrEqual(0);
  });

  it('is not brought down by what is not its protocol', async () => {
    const double = await start();
    await expect(fetch(`http://127.0.0.1:${double.port}/streams/notes`)).rejects.toThrow();
    expect(await appendAndRead(connect(double.connectionString))).toBe(1);
  });

  it('refuses a port that is taken, in both languages', async () => {
    const { port } = await start();
    await expect(startDouble({ port })).rejects.toMatchObject({
      name: 'DoubleRefused',
      message: `端口 ${port} 已被占用。 · Port ${port} is in use.`,
    });
  });

  it('frees its port when it is closed, also when closed twice', async () => {
    const double = await start();
    await Promise.all([double.close(), double.close()]);
    const again = createServer();
    await new Promise<void>((resolve, reject) => again.once('error', reject).listen(double.port, '127.0.0.1', resolve));
    expect((again.address() as AddressInfo).port).toBe(double.port);
    await new Promise((resolve) => again.close(resolve));
  });

  it.each([
    ['no passwords', { certDir: 'yes' }],
    ['one password', { certDir: 'yes', passwords: { admin: 'Correct-horse-9' } }],
    ['the default passwords', { certDir: 'yes', passwords: { admin: 'changeit', ops: 'changeit' } }],
    ['no TLS', { passwords: { admin: 'Correct-horse-9', ops: 'Correct-horse-8' } }],
  ])('refuses to be reached by other machines with %s', async (_, { certDir, ...options }: DoubleOptions) => {
    const secured = certDir === undefined ? options : { ...options, certDir: certificates.dir };
    await expect(startDouble({ ...secured, host: '0.0.0.0' })).rejects.toMatchObject({
      name: 'DoubleRefused',
      en: '0.0.0.0 is not a loopback address: it needs TLS certificates and passwords of your own for both admin and ops.',
    });
  });
});

describe('The double with TLS', () => {
  it('answers at localhost to clients that know its authority', async () => {
    const double = await start({ certDir: certificates.dir });
    expect(await appendAndRead(as('admin:changeit', double))).toBe(1);
    const discovering = double.connectionString.replace('esdb://', 'esdb+discover://admin:changeit@');
    expect(await appendAndRead(connect(`${discovering}&maxDiscoverAttempts=2`), 'found')).toBe(1);
  });

  it('is not believed by clients that know another authority, or speak plain text', async () => {
    const { port } = await start({ certDir: certificates.dir });
    const stranger = connect(`esdb://admin:changeit@localhost:${port}?tls=true&tlsCAFile=${elsewhere.caFile}&defaultDeadline=5000`);
    await expect(stranger.appendToStream('notes', note())).rejects.toMatchObject({ code: status.UNAVAILABLE });
    const plain = connect(`esdb://localhost:${port}?tls=false&defaultDeadline=5000`);
    await expect(plain.appendToStream('notes', note())).rejects.toMatchObject({ code: status.UNAVAILABLE });
  });

  it('knows admin and ops by the password of a new server', async () => {
    const double = await start({ certDir: certificates.dir });
    expect(await readAll(as('admin:changeit', double))).toBeGreaterThanOrEqual(0);
    await expect(readAll(as('ops:changeit', double))).rejects.toBeInstanceOf(AccessDeniedError);
    expect(await appendAndRead(as('ops:changeit', double))).toBe(1);
  });

  it.each(['admin:wrong', 'nobody:changeit', 'ADMIN:changeit', 'admin:changeit2'])('turns %s away', async (user) => {
    const double = await start({ certDir: certificates.dir });
    await expect(appendAndRead(as(user, double))).rejects.toBeInstanceOf(AccessDeniedError);
    await expect(readAll(as(user, double))).rejects.toBeInstanceOf(AccessDeniedError);
  });

  it('knows passwords of its own, with every character, and no longer the default', async () => {
    const password = 'p:ä@ 密码';
    const double = await start({ certDir: certificates.dir, passwords: { admin: password } });
    expect(await readAll(as(`admin:${encodeURIComponent(password)}`, double))).toBeGreaterThanOrEqual(0);
    await expect(readAll(as('admin:changeit', double))).rejects.toBeInstanceOf(AccessDeniedError);
  });

  it('takes who says no name for nobody, who may neither write nor read $all', async () => {
    const double = await start({ certDir: certificates.dir });
    const client = connect(double.connectionString);
    await expect(appendAndRead(client)).rejects.toBeInstanceOf(AccessDeniedError);
    await expect(readAll(client)).rejects.toBeInstanceOf(AccessDeniedError);
  });

  it('lets the credentials of a call count more than those of the client', async () => {
    const double = await start({ certDir: certificates.dir });
    const client = as('admin:wrong', double);
    const credentials = { username: 'admin', password: 'changeit' };
    expect((await client.appendToStream('notes', note(), { credentials })).success).toBe(true);
  });

  it('listens for other machines when both passwords are its own', async () => {
    const passwords = { admin: 'Correct-horse-9', ops: 'Correct-horse-8' };
    const double = await start({ certDir: certificates.dir, host: '0.0.0.0', passwords });
    expect(await appendAndRead(as('ops:Correct-horse-8', double))).toBe(1);
  });

  it('refuses certificates that are missing, are none, or do not fit their key, and names the file', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'qingling-bad-certificates-'));
    const refusal = () => startDouble({ certDir: dir });
    await expect(refusal()).rejects.toMatchObject({
      name: 'DoubleRefused',
      en: `The certificate file ${path.join(dir, 'ca.crt')} cannot be read.`,
    });
    for (const file of ['ca.crt', 'node.crt', 'node.key']) copyFileSync(path.join(certificates.dir, file), path.join(dir, file));
    copyFileSync(path.join(elsewhere.dir, 'node.key'), path.join(dir, 'node.key'));
    await expect(refusal()).rejects.toMatchObject({ name: 'DoubleRefused', en: expect.stringContaining('cannot be used') as string });
    writeFileSync(path.join(dir, 'node.key'), 'none');
    await expect(refusal()).rejects.toMatchObject({ name: 'DoubleRefused', en: expect.stringContaining('cannot be used') as string });
    rmSync(dir, { recursive: true });
  });
});
