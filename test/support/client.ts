import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AnswerShapes } from './answer-shapes';

export type Answer<T = Record<string, unknown>> = Readonly<{
  status: number;
  headers: Readonly<Record<string, string | string[] | number | undefined>>;
  body: T;
  text: string;
}>;
export type Sending = Readonly<{
  /** Idempotency-Key; a fresh one when absent. */
  key?: string;
  /** If-Match. */
  seen?: string | undefined;
  headers?: Readonly<Record<string, string>>;
}>;

const shapes = new WeakMap<NestFastifyApplication, Promise<AnswerShapes>>();
const shapesOf = (app: NestFastifyApplication): Promise<AnswerShapes> => {
  const made = shapes.get(app) ?? AnswerShapes.of(app);
  shapes.set(app, made);
  return made;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** One person's browser: keeps cookies, sends the CSRF header and an Idempotency-Key with every write. */
export class Client {
  private cookies = new Map<string, string>();
  bearer: string | null = null;

  constructor(private readonly app: NestFastifyApplication) {}

  /** For requests that this client cannot make: binary answers, streams. */
  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async signIn(login: string, password: string): Promise<Answer> {
    const answer = await this.send('POST', '/api/session', { login, password });
    if (answer.status >= 300) throw new Error(`signing in as ${login}: ${answer.status} ${answer.text}`);
    return answer;
  }
  get<T = Record<string, unknown>>(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer<T>> {
    return this.send<T>('GET', url, undefined, { headers });
  }
  post<T = Record<string, unknown>>(url: string, body: unknown = {}, sending: Sending = {}): Promise<Answer<T>> {
    return this.send<T>('POST', url, body, sending);
  }
  put<T = Record<string, unknown>>(url: string, body: unknown = {}, sending: Sending = {}): Promise<Answer<T>> {
    return this.send<T>('PUT', url, body, sending);
  }
  patch<T = Record<string, unknown>>(url: string, body: unknown = {}, sending: Sending = {}): Promise<Answer<T>> {
    return this.send<T>('PATCH', url, body, sending);
  }
  delete<T = Record<string, unknown>>(url: string, body: unknown = {}, sending: Sending = {}): Promise<Answer<T>> {
    return this.send<T>('DELETE', url, body, sending);
  }

  /** multipart/form-data with plain fields and one file. */
  upload<T = Record<string, unknown>>(
    url: string,
    fields: Readonly<Record<string, string>>,
    file: Readonly<{ name: string; type: string; content: Buffer }>,
    sending: Sending = {},
  ): Promise<Answer<T>> {
    const boundary = `----ql${randomUUID()}`;
    const part = (head: string, content: Buffer): Buffer =>
      Buffer.concat([Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), content, Buffer.from('\r\n')]);
    const payload = Buffer.concat([
      ...Object.entries(fields).map(([name, value]) => part(`Content-Disposition: form-data; name="${name}"`, Buffer.from(value))),
      part(`Content-Disposition: form-data; name="file"; filename="${file.name}"\r\nContent-Type: ${file.type}`, file.content),
      Buffer.from(`--${boundary}--\r\n`),
    ]);
    return this.send<T>('POST', url, payload, {
      ...sending,
      headers: { ...sending.headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
    });
  }

  async send<T = Record<string, unknown>>(
    method: string,
    url: string,
    body?: unknown,
    { key, seen, headers = {} }: Sending = {},
  ): Promise<Answer<T>> {
    const writes = method !== 'GET';
    const csrf = this.cookies.get('ql_csrf');
    const response = await this.app.inject({
      method: method as 'GET',
      url,
      headers: {
        ...(this.cookies.size === 0 ? {} : { cookie: this.cookieHeader }),
        ...(this.bearer === null ? {} : { authorization: `Bearer ${this.bearer}` }),
        ...(writes ? { 'idempotency-key': key ?? randomUUID() } : {}),
        ...(writes && csrf !== undefined ? { 'x-csrf-token': decodeURIComponent(csrf) } : {}),
        ...(seen === undefined ? {} : { 'if-match': seen }),
        ...(body !== undefined && !Buffer.isBuffer(body) ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
    });
    for (const { name, value } of response.cookies) {
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const isJson = String(response.headers['content-type']).startsWith('application/json');
    if (response.statusCode < 300 && isJson && response.body !== '') {
      const fault = (await shapesOf(this.app)).faultOf(method, url, response.statusCode, parsed(response.body));
      if (fault !== null) throw new Error(fault);
    }
    return { status: response.statusCode, headers: response.headers, body: parsed(response.body) as T, text: response.body };
  }
}
