import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { SMTPServer } from 'smtp-server';

export type Received = Readonly<{ from: string; to: string; messageId: string; subject: string; text: string }>;
/** What the next letter meets; nothing: it is taken. */
type Trouble = Readonly<{ code: number } | { drop: true }>;

const decoded = (part: string): string => {
  const [head = '', ...rest] = part.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/content-transfer-encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/content-transfer-encoding: quoted-printable/i.test(head)) return body;
  const bytes = body.replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};
const header = (raw: string, name: string): string => new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'im').exec(raw)?.[1] ?? '';
const plainWords = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_, word: string) => Buffer.from(word, 'base64').toString('utf8'))
    .replace(/=\?UTF-8\?Q\?([^?]*)\?=/gi, (_, word: string) =>
      Buffer.from(
        word.replaceAll('_', ' ').replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString('utf8'),
    );

/** A mail server of one test, with STARTTLS and a password unless it is told otherwise. */
export const startMailServer = async (certificates: string | null) => {
  const received: Received[] = [];
  const troubles: Trouble[] = [];
  const tls =
    certificates === null
      ? {}
      : { key: await readFile(path.join(certificates, 'node.key')), cert: await readFile(path.join(certificates, 'node.crt')) };
  const server = new SMTPServer({
    ...tls,
    ...(certificates === null ? { disabledCommands: ['STARTTLS'] } : {}),
    authOptional: certificates === null,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === 'ql' && password === 'ge heim' ? done(null, { user: 'ql' }) : done(new Error('no such user')),
    onRcptTo: (_address, session, done) => {
      const trouble = troubles.shift();
      if (trouble === undefined) return done();
      if ('drop' in trouble) {
        server.connections.forEach((one: { id: string; _socket: { destroy: () => void } }) => {
          if (one.id === session.id) one._socket.destroy();
        });
        return;
      }
      return done(Object.assign(new Error('secret words about somebody@mail.test'), { responseCode: trouble.code }));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('latin1');
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address).join(','),
          messageId: header(raw, 'Message-ID'),
          subject: plainWords(header(raw, 'Subject')),
          text: decoded(raw),
        });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    received,
    port,
    /** What the next letters meet, in order. */
    meet: (...next: readonly Trouble[]) => void troubles.push(...next),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
};
