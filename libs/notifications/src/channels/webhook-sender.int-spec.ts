import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { makeCertificates, type MadeCertificates } from '@app/testing';
import { isRefusedAddress } from '../domain/addresses';
import { WebhookSender, type Delivery, type Network } from './webhook-sender';

type Hit = Readonly<{ url: string; headers: IncomingMessage['headers']; body: string }>;
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

describe('A delivery to a webhook', () => {
  let certificates: MadeCertificates;
  let ca: string;
  let port: number, plainPort: number;
  let close: () => Promise<void>;
  const hits: Hit[] = [];
  let answer: Answer = (_, response) => void response.writeHead(204).end();
  const keys = [
    { keyId: 'k_old', secret: Buffer.from('old secret') },
    { keyId: 'k_new', secret: Buffer.from('new secret') },
  ];
  const delivery = (url: string): Delivery => ({
    id: 'd-1',
    url,
    body: '{"kind":"delivered","text":"交办"}',
    keys,
    timestamp: 1_594_000_000,
  });
  const asked: string[] = [];
  /** Names lead to this machine, which tests may reach. */
  const network = (over: Partial<Network> = {}): Network => ({
    resolve: (host) => {
      asked.push(host);
      return Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    },
    isRefused: () => false,
    ca,
    ...over,
  });
  const sender = (over: Partial<Network> = {}) =>
    new WebhookSender(
      [
        { protocol: 'https:', host: 'localhost', port },
        { protocol: 'http:', host: 'plain.test', port: plainPort },
      ],
      network(over),
    );

  beforeAll(async () => {
    certificates = await makeCertificates();
    ca = await readFile(certificates.caFile, 'utf8');
    const [key, cert] = await Promise.all(['node.key', 'node.crt'].map((file) => readFile(path.join(certificates.dir, file))));
    const take: Answer = (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        hits.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
        answer(request, response);
      });
    };
    const tls = createServer({ ...(key === undefined ? {} : { key }), ...(cert === undefined ? {} : { cert }) }, take);
    const plain = createPlain(take);
    await Promise.all([tls, plain].map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))));
    port = (tls.address() as AddressInfo).port;
    plainPort = (plain.address() as AddressInfo).port;
    close = async () => {
      tls.closeAllConnections();
      plain.closeAllConnections();
      await Promise.all([tls, plain].map((server) => new Promise((resolve) => server.close(resolve))));
    };
  });
  afterAll(async () => {
    await close();
    await certificates.drop();
  });
  beforeEach(() => {
    hits.splice(0);
    asked.splice(0);
    answer = (_, response) => void response.writeHead(204).end();
  });

  it('can be verified by its receiver with either of two secrets', async () => {
    const sent = delivery(`https://localhost:${String(port)}/hook?a=1`);
    expect(await sender().send(sent)).toStrictEqual({ end: 'sent' });
    const [hit] = hits;
    expect([hit?.url, hit?.body, hit?.headers['qingling-delivery'], hit?.headers['qingling-timestamp']]).toStrictEqual([
      '/hook?a=1',
      sent.body,
      'd-1',
      '1594000000',
    ]);
    const signatures = Object.fromEntries(
      String(hit?.headers['qingling-signature'])
        .split(', ')
        .map((part) => part.split('=') as [string, string]),
    );
    for (const { keyId, secret } of keys) {
      const wanted = createHmac('sha256', secret)
        .update(`1594000000.${hit?.body ?? ''}`)
        .digest('hex');
      expect(signatures[keyId]).toBe(wanted);
    }
  });

  it('is tried again where the receiver is slow to recover, and not where it refuses', async () => {
    const outcomes: unknown[] = [];
    for (const status of [500, 503, 429, 404, 410, 302, 307]) {
      answer = (_, response) => void response.writeHead(status, { location: `http://127.0.0.1:${String(plainPort)}/stolen` }).end();
      outcomes.push(await sender().send(delivery(`https://localhost:${String(port)}/`)));
    }
    expect(outcomes).toStrictEqual([
      { end: 'failed', error: 'webhook-500', permanent: false },
      { end: 'failed', error: 'webhook-503', permanent: false },
      { end: 'failed', error: 'webhook-429', permanent: false },
      { end: 'failed', error: 'webhook-404', permanent: true },
      { end: 'failed', error: 'webhook-410', permanent: true },
      { end: 'failed', error: 'webhook-redirected', permanent: true },
      { end: 'failed', error: 'webhook-redirected', permanent: true },
    ]);
    expect(hits.filter(({ url }) => url === '/stolen')).toStrictEqual([]);
  });

  it('gives up on a receiver that does not answer, and reads no endless answer', async () => {
    answer = () => undefined;
    const silent = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
      const over = new AbortController();
      setImmediate(() => over.abort(new DOMException('too slow', 'TimeoutError')));
      return over.signal;
    });
    expect(await sender().send(delivery(`https://localhost:${String(port)}/`))).toMatchObject({ end: 'failed', permanent: false });
    silent.mockRestore();
    answer = (_, response) => {
      response.writeHead(200);
      response.write('x'.repeat(100_000));
    };
    expect(await sender().send(delivery(`https://localhost:${String(port)}/`))).toStrictEqual({ end: 'sent' });
  });

  it('goes without TLS only to a host for which that was said, and to no other host, port or user', async () => {
    expect(await sender().send(delivery(`http://plain.test:${String(plainPort)}/`))).toStrictEqual({ end: 'sent' });
    hits.splice(0);
    asked.splice(0);
    const elsewhere = [
      `http://localhost:${String(port)}/`,
      `https://plain.test:${String(plainPort)}/`,
      'https://localhost/',
      `https://u:p@localhost:${String(port)}/`,
      `https://localhost.evil.test:${String(port)}/`,
      `https://evil.test#@localhost:${String(port)}/`,
      'file:///etc/passwd',
      'no address',
    ];
    for (const url of elsewhere) {
      expect(await sender().send(delivery(url))).toStrictEqual({ end: 'failed', error: 'webhook-host-not-allowed', permanent: true });
    }
    expect([hits, asked]).toStrictEqual([[], []]);
  });

  it('asks for the name once and connects to what it looked at, whatever the name says later', async () => {
    expect(await sender().send(delivery(`https://localhost:${String(port)}/`))).toStrictEqual({ end: 'sent' });
    expect(asked).toStrictEqual(['localhost']);
    const twoFaced = {
      resolve: () =>
        Promise.resolve([
          { address: '223.5.5.5', family: 4 },
          { address: '127.0.0.1', family: 4 },
        ]),
      isRefused: isRefusedAddress,
    };
    expect(await sender(twoFaced).send(delivery(`https://localhost:${String(port)}/`))).toStrictEqual({
      end: 'failed',
      error: 'webhook-address-refused',
      permanent: true,
    });
  });

  it('never goes to this machine or its network, however the address is written, even where the host is allowed', async () => {
    const written = [
      '127.0.0.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '2130706433',
      '0x7f000001',
      '017700000001',
      '127.1',
      '169.254.169.254',
      '10.0.0.1',
    ];
    const outcomes: string[] = [];
    for (const host of written) {
      const url = new URL(`http://${host}:${String(plainPort)}/`);
      const real = new WebhookSender([{ protocol: 'http:', host: url.hostname, port: plainPort }]);
      const outcome = await real.send(delivery(url.toString()));
      outcomes.push(outcome.end === 'failed' ? outcome.error : outcome.end);
    }
    const named = new WebhookSender([{ protocol: 'http:', host: 'localhost', port: plainPort }]);
    const outcome = await named.send(delivery(`http://localhost:${String(plainPort)}/`));
    outcomes.push(outcome.end === 'failed' ? outcome.error : outcome.end);
    expect([...new Set(outcomes)]).toStrictEqual(['webhook-address-refused']);
    expect(hits).toStrictEqual([]);
  });

  it('is tried again while its name is unknown', async () => {
    const unknown = { resolve: () => Promise.reject(new Error('ENOTFOUND')) };
    const outcome = await sender(unknown).send(delivery(`https://localhost:${String(port)}/`));
    expect(outcome).toStrictEqual({ end: 'failed', error: 'webhook-name-unknown', permanent: false });
  });
});
