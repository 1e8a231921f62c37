import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { PostgresEventStore } from '@app/event-store';
import { PASSWORD } from '../../support/county';
import { HOUSE } from '../../support/county-work';
import type { OpenDriver, Work } from '../harness/types';
import { forSeconds } from './store-works';

type Params = Readonly<{ clients: number; seconds: number }>;
type Answer = Readonly<{ status: number; body: string; cookies: readonly string[] }>;
type Post = (address: string, body: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer>;

const TEXT = '路段两侧堆放杂物，已通知责任人限期清理。'.repeat(6);
const LOGIN = 'inspector';

export const postTo = (url: string, agent: Agent): Post => {
  const { hostname, port } = new URL(url);
  return (address, body, headers = {}) =>
    new Promise((resolve, reject) => {
      const bytes = Buffer.from(JSON.stringify(body));
      const asked = request(
        {
          agent,
          hostname,
          port,
          path: address,
          method: 'POST',
          headers: { 'content-type': 'application/json', 'content-length': bytes.length, ...headers },
        },
        (answer) => {
          const pieces: Buffer[] = [];
          answer.on('data', (piece: Buffer) => pieces.push(piece));
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              body: Buffer.concat(pieces).toString(),
              cookies: answer.headers['set-cookie'] ?? [],
            }),
          );
          answer.on('error', reject);
        },
      );
      asked.on('error', reject);
      asked.end(bytes);
    });
};

export const must = ({ status, body }: Answer, wanted: number): string => {
  if (status !== wanted) throw new Error(`answered ${status} instead of ${wanted}: ${body.slice(0, 200)}`);
  return body;
};

/** What a browser sends with each write once somebody has signed in. */
export const signIn = async (post: Post): Promise<() => Readonly<Record<string, string>>> => {
  const answer = await post('/api/session', { login: LOGIN, password: PASSWORD });
  must(answer, 200);
  const cookies = answer.cookies.map((line) => line.split(';')[0] ?? '');
  const csrf = cookies.find((cookie) => cookie.startsWith('ql_csrf='))?.slice('ql_csrf='.length) ?? '';
  const cookie = cookies.join('; ');
  return () => ({ cookie, 'x-csrf-token': decodeURIComponent(csrf), 'idempotency-key': randomUUID() });
};

export const open: OpenDriver = async ({ databaseUrl, options, server }) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const post = postTo((server as Readonly<{ url: string }>).url, agent);
  const writing = await signIn(post);
  const events = new PostgresEventStore({ url: databaseUrl ?? '' });

  const empty = ({ clients, seconds }: Params): ReturnType<Work> =>
    forSeconds(clients, seconds, async () => void must(await post('/api/empty', { text: TEXT, legId: null }), 201));

  /** Each client comments on a finding of its own: the lightest command, so that the way to it is what is measured. */
  const comments = async ({ clients, seconds }: Params): ReturnType<Work> => {
    const filed: string[] = [];
    for (let i = 0; i < clients; i += 1) {
      const { findingId } = JSON.parse(must(await post('/api/findings', HOUSE, writing()), 201)) as Readonly<{ findingId: string }>;
      filed.push(findingId);
    }
    const acknowledged = filed.map(() => 0);
    const outcome = await forSeconds(clients, seconds, async (client) => {
      must(await post(`/api/findings/${filed[client] ?? ''}/comments`, { text: TEXT, legId: null }, writing()), 201);
      acknowledged[client] = (acknowledged[client] ?? 0) + 1;
    });
    const check = async (): Promise<void> => {
      for (const [i, id] of filed.entries()) {
        const stored = (await events.readStream(`finding-${id}`)).filter(({ type }) => type === 'CommentAdded');
        const ids = new Set(stored.map(({ metadata }) => metadata.commandId));
        if (stored.length !== acknowledged[i] || ids.size !== stored.length)
          throw new Error(`${acknowledged[i] ?? 0} comments were acknowledged, ${stored.length} are stored`);
      }
    };
    return { ...outcome, check };
  };
  const requests = options['route'] === 'empty' ? empty : comments;
  return {
    works: { requests: (params) => requests(params as Params) },
    close: async () => {
      agent.destroy();
      await events.close();
    },
  };
};
