import type { Faults } from '../faults/faults';

export type DoubleOptions = Readonly<{
  /** 0 (the default) takes a free one. */
  port?: number;
  /** Default 127.0.0.1. Anything but loopback needs `certDir` and both `passwords`. */
  host?: string;
  /** Default: in memory. On PostgreSQL the events lie in a schema of their own, locked for one double at a time. */
  databaseUrl?: string;
  /** Folder with ca.crt, node.crt, node.key; without it the double speaks plain text and knows no users. */
  certDir?: string;
  /** Of the users admin and ops, where there is TLS. Default `changeit` for both, as a new real server has. */
  passwords?: Readonly<{ admin?: string; ops?: string }>;
  faults?: Faults;
  /** Milliseconds since 1970; default Date.now. $maxAge and `created` go by it. */
  now?: () => number;
}>;

export type RunningDouble = Readonly<{
  port: number;
  /** For EventStoreDBClient.connectionString; without credentials. */
  connectionString: string;
  /** Cuts every connection at once, as a cable does. */
  cut: () => void;
  /** Ends open calls with UNAVAILABLE and stops. */
  close: () => Promise<void>;
}>;
