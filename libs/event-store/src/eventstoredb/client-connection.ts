import { EventStoreDBClient, UnavailableError } from '@eventstore/db-client';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { CallOptions, Metadata } from '@grpc/grpc-js';
import type { Duplex, Readable } from 'node:stream';

const KNOWN_OPTIONS: ReadonlySet<string> = new Set([
  'tls',
  'tlscafile',
  'tlsverifycert',
  'usercertfile',
  'userkeyfile',
  'connectionname',
  'nodepreference',
  'keepaliveinterval',
  'keepalivetimeout',
  'defaultdeadline',
  'gossiptimeout',
  'discoveryinterval',
  'maxdiscoverattempts',
  'throwonappendfailure',
]);
const MUST_BE_TRUE: ReadonlySet<string> = new Set(['tlsverifycert', 'throwonappendfailure']);

/** The client warns of what it does not know or follow with the whole string, password and all. */
const hasUnusableOption = (connectionString: string): boolean =>
  [...connectionString.matchAll(/[?&]([^=?&]*)=?([^?&]*)/g)].some(([, key = '', value]) => {
    const option = key.trim().toLowerCase().replace(/[_-]/g, '');
    return !KNOWN_OPTIONS.has(option) || (MUST_BE_TRUE.has(option) && value?.trim() !== 'true');
  });

const withCaFile = (connectionString: string, caFile: string | undefined): string => {
  if (caFile === undefined) return connectionString;
  const bare = connectionString.trim().replace(/\/+$/, '');
  return `${bare}${bare.includes('?') ? '&' : '?'}tlsCAFile=${encodeURIComponent(caFile)}`;
};

const notUnderstood = (): RangeError =>
  new RangeError(
    '事件库的连接串不对，或证书文件不存在。 The connection string of the event store is wrong, or a certificate file is not there.',
  );

/**
 * The official client, for what it does well: connection strings, discovery, certificates, credentials and finding the
 * new leader. Its own calls are not used, because of the defects that decision 0015 lists.
 */
export class ClientConnection extends EventStoreDBClient {
  /** Errors: RangeError for what is no connection string or has a file that is not there; never with the string itself. */
  static open(connectionString: string, caFile?: string): ClientConnection {
    const client = ClientConnection.parsed(withCaFile(connectionString, caFile));
    // The client's factory makes its base class alone; what it keeps to itself stays with the object.
    Object.setPrototypeOf(client, ClientConnection.prototype);
    if (!(client instanceof ClientConnection)) throw new TypeError('the client has another shape than 6.2.1');
    client.prepare();
    return client;
  }

  private static parsed(connectionString: string): EventStoreDBClient {
    if (hasUnusableOption(connectionString)) throw notUnderstood();
    try {
      return EventStoreDBClient.connectionString(connectionString);
    } catch {
      // The cause would repeat the string, and with it a password.
      throw notUnderstood();
    }
  }

  // Not set here: no constructor of this class runs.
  private last: StreamsClient | null;
  private ended: boolean;

  /** Opens one call on the present connection, or on a new one. */
  open<T extends Readable | Duplex>(
    name: string,
    create: (client: StreamsClient, metadata: Metadata, options: CallOptions) => T,
  ): Promise<T> {
    return this.GRPCStreamCreator(StreamsClient, name, (client) => {
      this.keep(client);
      const [metadata, options] = this.callArguments({ requiresLeader: true }, { deadline: Infinity });
      const stream = create(client, metadata, options);
      // An error that comes when nobody reads any more must not end the process.
      stream.on('error', () => undefined);
      return stream;
    })();
  }

  /** The stub of the present connection: changes with it. */
  get stub(): Promise<StreamsClient> {
    return this.execute(StreamsClient, 'stub', async (client) => this.keep(client));
  }

  /** The next call makes a new connection, to whatever server is found then. */
  reset(): void {
    const lost = new UnavailableError(undefined, 'no answer');
    this.execute(StreamsClient, 'reset', () => Promise.reject(lost)).catch(() => undefined);
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.dispose();
    // The client closes no connection by itself. It is not asked for its channel, which it would look for in the cluster first.
    this.last?.close();
  }

  private keep(client: StreamsClient): StreamsClient {
    // A search for the leader may be over only now.
    if (this.ended) throw new UnavailableError(undefined, 'closed');
    this.last = client;
    return client;
  }

  private prepare(): void {
    this.last = null;
    this.ended = false;
    // The client follows errors in the background; one that it cannot read would be an unhandled rejection.
    const follow = this.handleError;
    this.handleError = (client, error) => follow(client, error).catch(() => undefined);
  }
}
