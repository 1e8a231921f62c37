import { client } from './generated/client.gen';
import { newKey } from './new-key';
import { refusedBy, unreachable } from './problem';

/**
 * How pages talk to the api: `read(findingsReadingList({ query }))` and `write((headers) => legsReport({ path, body, headers }), { seen })`
 * give the answer's body or throw `Refused`. A write carries an Idempotency-Key of its own: pass `key` to repeat the same act after a
 * broken connection.
 */
client.setConfig({ baseUrl: '', credentials: 'same-origin' });

let csrf: string | null = null;
/** The token that the session answered with; sent with every write. */
export const sendCsrf = (token: string | null): void => {
  csrf = token;
};

/** Where the last write of this page stands in the log: reads wait for it, so that one sees what one did. */
let lastPosition: string | null = null;

client.interceptors.request.use((request) => {
  if (request.method !== 'GET' && csrf !== null) request.headers.set('X-CSRF-Token', csrf);
  if (request.method === 'GET' && lastPosition !== null) request.headers.set('X-Read-Position', lastPosition);
  return request;
});

type Result<T> = Promise<Readonly<{ data?: T; error?: unknown; response?: Response }>>;

const unwrapped = async <T>(result: Result<T>): Promise<Exclude<T, undefined>> => {
  const { data, error, response } = await result.catch(() => {
    throw unreachable();
  });
  if (response === undefined) throw unreachable();
  if (!response.ok) throw refusedBy(response.status, error);
  return data as Exclude<T, undefined>;
};

export const read = <T>(result: Result<T>): Promise<Exclude<T, undefined>> => unwrapped(result);

export type Keyed = Readonly<{
  key?: string;
  seen?: string | number | bigint | null;
  /** The writer agreed that personal numbers in free text are masked (after `personal-data-found`). */
  redact?: boolean;
}>;
export type WriteHeaders = Readonly<{ 'Idempotency-Key': string; 'If-Match'?: string; 'X-Redact-Personal-Data'?: 'confirmed' }>;

/** `seen`: the revision the decision rests on (If-Match); a newer one is refused with 412. */
export const write = async <T>(
  operation: (headers: WriteHeaders) => Result<T>,
  { key = newKey(), seen = null, redact = false }: Keyed = {},
): Promise<Exclude<T, undefined>> => {
  const answer = await unwrapped(
    operation({
      'Idempotency-Key': key,
      ...(seen === null ? {} : { 'If-Match': `"${String(seen)}"` }),
      ...(redact ? { 'X-Redact-Personal-Data': 'confirmed' } : {}),
    }),
  );
  const position = (answer as { position?: unknown } | undefined)?.position;
  if (typeof position === 'string' || typeof position === 'number') lastPosition = String(position);
  return answer;
};
