import { randomUUID } from 'node:crypto';
import { CommandFailure } from '../command';

type Json = Readonly<Record<string, unknown>>;
export type Answer<T = Json> = Readonly<{ status: number; body: T; etag: string | null }>;

/** Something the instance answered otherwise than it should. */
export const off = (zh: string, en: string): CommandFailure =>
  new CommandFailure({ zh: `走查未通过：${zh}`, en: `The walk-through found something off: ${en}` });

/** One person at the API: signed in, with a session cookie, acting over HTTP like everybody. */
export class Person {
  private cookie = '';
  private csrf = '';
  /** Of the last write by anybody here, so that every read that follows has seen it. */
  private static position = '';

  private constructor(
    private readonly url: string,
    readonly name: string,
  ) {}

  static async signIn(
    url: string,
    account: Readonly<{ login: string; password: string; unit: string; post: string; name: string }>,
  ): Promise<Person> {
    const person = new Person(url, `${account.unit} ${account.post}`);
    const answer = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: account.login, password: account.password }),
    });
    if (answer.status !== 200)
      throw off(`${account.login} 不能登录（${String(answer.status)}）`, `${account.login} cannot sign in (${String(answer.status)})`);
    person.cookie = answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
    const body = (await answer.json()) as Readonly<{ csrf: string }>;
    person.csrf = body.csrf;
    return person;
  }

  async get<T = Json>(path: string): Promise<Answer<T>> {
    return this.must<T>('GET', path, {});
  }
  /** `seen`: the ETag this decision rests on. */
  async put<T = Json>(path: string, body: unknown, seen?: string | null): Promise<Answer<T>> {
    return this.must<T>('PUT', path, this.written(body, seen));
  }
  async post<T = Json>(path: string, body: unknown): Promise<Answer<T>> {
    return this.must<T>('POST', path, this.written(body));
  }
  async upload<T = Json>(path: string, fields: Readonly<Record<string, string>>, file: Uint8Array, name: string): Promise<Answer<T>> {
    const form = new FormData();
    for (const [key, value] of Object.entries(fields)) form.append(key, value);
    form.append('file', new Blob([Buffer.from(file)]), name);
    return this.must<T>('POST', path, { body: form });
  }
  /** The status of something that should be refused. */
  async statusOf(path: string): Promise<number> {
    return (await this.send('GET', path, {})).status;
  }

  private written(body: unknown, seen?: string | null): Readonly<{ body: string; headers: Record<string, string> }> {
    return { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...(seen == null ? {} : { 'if-match': seen }) } };
  }

  private send(
    method: string,
    path: string,
    init: Readonly<{ body?: string | FormData; headers?: Record<string, string> }>,
  ): Promise<Response> {
    const writes = method !== 'GET';
    const headers: Record<string, string> = {
      cookie: this.cookie,
      ...(writes
        ? { 'x-csrf-token': this.csrf, 'idempotency-key': randomUUID() }
        : Person.position === ''
          ? {}
          : { 'x-read-position': Person.position }),
      ...init.headers,
    };
    return fetch(`${this.url}/api${path}`, { method, headers, ...(init.body === undefined ? {} : { body: init.body }) });
  }

  private async must<T>(
    method: string,
    path: string,
    init: Readonly<{ body?: string | FormData; headers?: Record<string, string> }>,
  ): Promise<Answer<T>> {
    const answer = await this.send(method, path, init);
    const text = await answer.text();
    if (!answer.ok)
      throw off(
        `${this.name} ${method} ${path} → ${String(answer.status)} ${text.slice(0, 300)}`,
        `${method} ${path} answered ${String(answer.status)}`,
      );
    const body = (text === '' ? {} : JSON.parse(text)) as T & Readonly<{ position?: string }>;
    if (method !== 'GET' && body.position !== undefined) Person.position = body.position;
    return { status: answer.status, body, etag: answer.headers.get('etag') };
  }
}
