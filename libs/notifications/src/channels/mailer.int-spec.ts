import { makeCertificates, type MadeCertificates } from '@app/testing';
import { startMailServer } from '../testing/mail-server';
import { letterOf } from './letter';
import { Mailer, type Letter } from './mailer';

const FROM = '清零 <ql@office.test>';
const letter: Letter = {
  id: '0d6c7f5e-1111-4222-8333-444455556666',
  to: 'clerk@mail.test',
  ...letterOf(
    [
      {
        kind: 'delivered',
        params: { number: 'QL-2020-000001', unit: '大泽山镇', due: '7月27日 17:30' },
        path: '/findings/f1',
        substitute: true,
      },
      {
        kind: 'overdue',
        params: { number: 'QL-2020-000002', clock: '整改时限', due: '7月6日 17:30', unit: '旧店镇' },
        path: '/findings/f2',
        substitute: false,
      },
    ],
    'https://ql.test',
  ),
};

describe('A letter', () => {
  let certificates: MadeCertificates;
  let server: Awaited<ReturnType<typeof startMailServer>>;
  let mailer: Mailer;
  beforeAll(async () => {
    certificates = await makeCertificates();
    server = await startMailServer(certificates.dir);
    mailer = new Mailer({ url: `smtp://ql:ge%20heim@localhost:${String(server.port)}`, from: FROM, caFile: certificates.caFile });
  });
  const open: (() => Promise<void>)[] = [];
  afterAll(async () => {
    await Promise.all(open.map((close) => close()));
    await server.close();
    await certificates.drop();
  });
  beforeEach(() => server.received.splice(0));

  it('goes over TLS with a password, and says numbers, units, days and links', async () => {
    expect(await mailer.send(letter)).toStrictEqual({ end: 'sent' });
    const [got] = server.received;
    expect([got?.from, got?.to, got?.messageId, got?.subject]).toStrictEqual([
      'ql@office.test',
      'clerk@mail.test',
      '<0d6c7f5e-1111-4222-8333-444455556666@office.test>',
      '【清零】2 条通知',
    ]);
    expect(got?.text).toContain('· （代岗）QL-2020-000001 已交办大泽山镇，7月27日 17:30前完成。');
    expect(got?.text).toContain('https://ql.test/findings/f2');
  });

  it('is tried again after an answer that passes, and not after one that stays', async () => {
    server.meet({ code: 451 }, { code: 550 });
    expect(await mailer.send(letter)).toStrictEqual({ end: 'failed', error: 'smtp-451', permanent: false });
    expect(await mailer.send(letter)).toStrictEqual({ end: 'failed', error: 'smtp-550', permanent: true });
    expect(await mailer.send(letter)).toStrictEqual({ end: 'sent' });
    expect(server.received.length).toBe(1);
  });

  it('is tried again after a connection that broke', async () => {
    server.meet({ drop: true });
    expect(await mailer.send(letter)).toMatchObject({ end: 'failed', permanent: false });
    expect(server.received.length).toBe(0);
  });

  it('is tried again when the password is refused, when nobody listens and when the authority is unknown', async () => {
    const at = (url: string, caFile?: string) => new Mailer({ url, from: FROM, ...(caFile === undefined ? {} : { caFile }) });
    const port = String(server.port);
    expect(await at(`smtp://ql:falsch@localhost:${port}`, certificates.caFile).send(letter)).toStrictEqual({
      end: 'failed',
      error: 'smtp-eauth',
      permanent: false,
    });
    expect(await at('smtp://localhost:1').send(letter)).toMatchObject({ end: 'failed', permanent: false });
    expect(await at(`smtp://ql:ge%20heim@localhost:${port}`).send(letter)).toMatchObject({ end: 'failed', permanent: false });
    expect(server.received.length).toBe(0);
  });

  it('goes to no server without TLS unless the settings say so', async () => {
    const plain = await startMailServer(null);
    open.push(plain.close);
    const url = `smtp://localhost:${String(plain.port)}`;
    expect(await new Mailer({ url, from: FROM }).send(letter)).toMatchObject({ end: 'failed', permanent: false });
    expect(plain.received.length).toBe(0);
    expect(await new Mailer({ url: `${url}?tls=off`, from: FROM }).send(letter)).toStrictEqual({ end: 'sent' });
  });
});
