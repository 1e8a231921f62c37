import { createHmac } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIP } from 'node:net';
import { DomainError } from '@app/kernel';
import { isRefusedAddress } from '../domain/addresses';
import { allowedUrl, type AllowedHost } from '../domain/webhook-url';
import type { SigningKey } from '../application/webhooks';
import type { Outcome } from '../outbox/outbox';

export type Delivery = Readonly<{
  /** The same for every attempt. */
  id: string;
  url: string;
  body: string;
  keys: readonly SigningKey[];
  /** Unix seconds, signed with the body. */
  timestamp: number;
}>;
export type Resolved = Readonly<{ address: string; family: number }>;
/** What is asked of the network; tests bring their own. */
export type Network = Readonly<{
  resolve: (host: string) => Promise<readonly Resolved[]>;
  isRefused: (address: string) => boolean;
  ca?: string;
}>;
const PUBLIC_NETWORK: Network = { resolve: (host) => lookup(host, { all: true, verbatim: true }), isRefused: isRefusedAddress };

const ANSWER_WITHIN_MS = 10_000;
/** Asked to come back later. */
const LATER = new Set([408, 425, 429]);

const failed = (error: string, permanent = false): Outcome => ({ end: 'failed', error, permanent });

/** `<key id>=<hex>` for each valid secret, over timestamp, a dot and the body. */
export const signatureOf = (keys: readonly SigningKey[], timestamp: number, body: string): string =>
  keys
    .map(
      ({ keyId, secret }) =>
        `${keyId}=${createHmac('sha256', secret)
          .update(`${String(timestamp)}.${body}`)
          .digest('hex')}`,
    )
    .join(', ');

/**
 * Posts to hosts that the settings allow. The name is resolved once, every address behind it must be on the public network, and the
 * connection goes to the very address that was looked at: a name that changes meanwhile leads nowhere else. Redirects are not followed.
 */
export class WebhookSender {
  constructor(
    private readonly hosts: readonly AllowedHost[],
    private readonly network: Network = PUBLIC_NETWORK,
  ) {}

  async send(delivery: Delivery): Promise<Outcome> {
    let url: URL;
    try {
      // Looked at again with each delivery: the settings may have changed since it was entered.
      url = new URL(allowedUrl(delivery.url, this.hosts));
    } catch (error) {
      if (error instanceof DomainError) return failed('webhook-host-not-allowed', true);
      throw error;
    }
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const found = await this.addressesOf(host);
    const [target] = found;
    if (target === undefined) return failed('webhook-name-unknown');
    if (found.some(({ address }) => this.network.isRefused(address))) return failed('webhook-address-refused', true);
    return this.post(delivery, url, target);
  }

  private async addressesOf(host: string): Promise<readonly Resolved[]> {
    if (isIP(host) !== 0) return [{ address: host, family: isIP(host) }];
    try {
      return await this.network.resolve(host);
    } catch {
      return [];
    }
  }

  private post({ id, body, keys, timestamp }: Delivery, url: URL, { address, family }: Resolved): Promise<Outcome> {
    const request = url.protocol === 'http:' ? plainRequest : tlsRequest;
    return new Promise((resolve) => {
      const sent = request(
        url,
        {
          method: 'POST',
          agent: false,
          signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
          lookup: (_host, options, done) => (options.all === true ? done(null, [{ address, family }]) : done(null, address, family)),
          ...(this.network.ca === undefined ? {} : { ca: this.network.ca }),
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'content-length': Buffer.byteLength(body),
            'user-agent': 'Qingling',
            'qingling-delivery': id,
            'qingling-timestamp': String(timestamp),
            'qingling-signature': signatureOf(keys, timestamp, body),
          },
        },
        (response) => {
          const status = response.statusCode ?? 0;
          // Nothing of the answer but its status is of use, and it could be endless.
          response.destroy();
          if (status >= 200 && status < 300) resolve({ end: 'sent' });
          else if (status >= 300 && status < 400) resolve(failed('webhook-redirected', true));
          else resolve(failed(`webhook-${String(status)}`, status >= 400 && status < 500 && !LATER.has(status)));
        },
      );
      sent.on('error', (error: NodeJS.ErrnoException) => {
        const code = error.name === 'TimeoutError' || error.name === 'AbortError' ? 'too-slow' : (error.code ?? 'unknown');
        resolve(failed(`webhook-${code.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`));
      });
      sent.end(body);
    });
  }
}
