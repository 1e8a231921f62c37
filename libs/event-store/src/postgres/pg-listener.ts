import { Client, type ClientConfig } from 'pg';
import { pause } from '../wake-up';

const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 2_000;

/**
 * One connection that listens on one channel and comes back by itself. Notifications sent while it was away are lost:
 * `onReconnect` runs after each connection so that the owner looks for itself.
 */
export class PgListener {
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;
  private readonly firstConnection: Promise<void>;
  private readonly stopped: Promise<void>;
  private markConnected: () => void = () => undefined;
  private markStopped: () => void = () => undefined;

  constructor(
    private readonly config: ClientConfig,
    private readonly channel: string,
    private readonly onMessage: (payload: string) => void,
    private readonly onReconnect: () => void = () => undefined,
  ) {
    this.firstConnection = new Promise((resolve) => (this.markConnected = resolve));
    this.stopped = new Promise((resolve) => (this.markStopped = resolve));
    this.running = this.run();
  }

  /** Resolves when the channel has been listened on for the first time. */
  connected(): Promise<void> {
    return this.firstConnection;
  }

  async close(): Promise<void> {
    this.stopping.abort();
    this.markStopped();
    this.markConnected();
    await this.running;
  }

  private async run(): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    while (!this.stopping.signal.aborted) {
      const client = new Client({ ...this.config, keepAlive: true });
      const lost = new Promise<void>((resolve) => {
        client.once('end', resolve);
        client.once('error', () => resolve());
      });
      client.on('error', () => undefined);
      client.on('notification', ({ payload }) => this.onMessage(payload ?? ''));
      try {
        await client.connect();
        await client.query(`listen "${this.channel}"`);
        retryMs = FIRST_RETRY_MS;
        this.markConnected();
        this.onReconnect();
        await Promise.race([lost, this.stopped]);
      } catch {
        retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
      }
      await client.end().catch(() => undefined);
      if (!this.stopping.signal.aborted) await pause(retryMs, this.stopping.signal);
    }
  }
}
