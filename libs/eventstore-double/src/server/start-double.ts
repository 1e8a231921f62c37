import { Server, ServerCredentials } from '@grpc/grpc-js';
import { Engine } from '../engine/engine';
import { NO_FAULTS } from '../faults/faults';
import { openStorage } from '../storage/open-storage';
import { STREAMS_DEFINITION } from '../wire/streams-definition';
import { streamsService } from '../wire/streams-service';
import { caFileIn, certificatesIn, type Certificates } from './certificates';
import type { DoubleOptions, RunningDouble } from './double-options';
import { DoubleRefused } from './double-refused';
import { GOSSIP_DEFINITION, gossipService } from './gossip';
import { listen } from './listener';
import { SERVER_FEATURES_DEFINITION, serverFeaturesService } from './server-features';
import { authenticatorFor, DEFAULT_PASSWORD, everybodyIsAdmin, type Passwords } from './users';

const DEFAULT_HOST = '127.0.0.1';
/** Far more than an append may hold: what is too large is to be refused by its own error, with its limit. */
const MAX_REQUEST_BYTES = 64 * 1024 * 1024;
/** How long clients may take to hear that the server stops, ms. */
const FAREWELL_MS = 1_000;

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

const passwordsFor = ({ host = DEFAULT_HOST, certDir, passwords = {} }: DoubleOptions): Passwords => {
  const { admin = DEFAULT_PASSWORD, ops = DEFAULT_PASSWORD } = passwords;
  if (admin === '' || ops === '') throw new DoubleRefused('密码不能为空。', 'A password must not be empty.');
  if (!isLoopback(host) && (certDir === undefined || admin === DEFAULT_PASSWORD || ops === DEFAULT_PASSWORD)) {
    throw new DoubleRefused(
      `${host} 不是本机回环地址：须使用 TLS 证书，并为 admin 和 ops 设置非默认密码。`,
      `${host} is not a loopback address: it needs TLS certificates and passwords of your own for both admin and ops.`,
    );
  }
  return { admin, ops };
};

const credentialsFor = (certificates: Certificates | null): ServerCredentials =>
  certificates === null
    ? ServerCredentials.createInsecure()
    : ServerCredentials.createSsl(null, [{ cert_chain: certificates.certificate, private_key: certificates.key }]);

const connectionStringFor = (host: string, port: number, certDir: string | undefined): string => {
  if (certDir !== undefined) return `esdb://localhost:${port}?tls=true&tlsCAFile=${encodeURIComponent(caFileIn(certDir))}`;
  return `esdb://${isLoopback(host) && !host.includes(':') ? host : 'localhost'}:${port}?tls=false`;
};

/** Errors: DoubleRefused when the port is taken, the certificates cannot be read, or another double holds the database. */
export const startDouble = async (options: DoubleOptions = {}): Promise<RunningDouble> => {
  const { host = DEFAULT_HOST, port = 0, certDir, faults = NO_FAULTS, now = Date.now } = options;
  const passwords = passwordsFor(options);
  const certificates = certDir === undefined ? null : certificatesIn(certDir);
  const storage = await openStorage(options.databaseUrl);

  const closing = new AbortController();
  const server = new Server({
    'grpc.max_receive_message_length': MAX_REQUEST_BYTES,
    'grpc.enable_channelz': 0,
  });
  // Connections are taken by a listener of our own: gRPC lends nobody the sockets that `cut` has to destroy.
  const injector = server.createConnectionInjector(credentialsFor(certificates));
  const listener = await listen({ host, port }, (socket) => injector.injectConnection(socket)).catch(async (error: unknown) => {
    await storage.close();
    throw error;
  });

  server.addService(
    STREAMS_DEFINITION,
    streamsService({
      engine: new Engine(storage, now),
      authenticate: certificates === null ? everybodyIsAdmin : authenticatorFor(passwords),
      faults,
      cut: listener.cut,
      closing: closing.signal,
    }),
  );
  server.addService(SERVER_FEATURES_DEFINITION, serverFeaturesService());
  server.addService(
    GOSSIP_DEFINITION,
    gossipService(() => ({ host: certDir === undefined ? host : 'localhost', port: listener.port }), now),
  );

  let closed: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    const stopped = listener.stop();
    closing.abort();
    injector.destroy();
    // A client that does not read what it is told must not hold the server up.
    const farewell = setTimeout(listener.cut, FAREWELL_MS);
    await stopped;
    clearTimeout(farewell);
    server.forceShutdown();
    await storage.close();
  };

  return {
    port: listener.port,
    connectionString: connectionStringFor(host, listener.port, certDir),
    cut: listener.cut,
    close: () => (closed ??= close()),
  };
};
