import { createHash, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { idFrom, type SeededRandom } from '@app/kernel';
import type { Act, Operation, Outcome } from './record';

/** Sends a request to wherever the product listens now. Errors: when nobody answers. */
export type Transport = (path: string, init: RequestInit) => Promise<Response>;
export type File = Readonly<{ name: string; type: string; content: Buffer }>;
export type Answer = Readonly<{ status: number; headers: Headers; text: string }>;
type Body = Readonly<{ fields?: Readonly<Record<string, string>>; file?: File; json?: unknown }>;

export type Journal = Readonly<{
  now: () => number;
  note: (operation: Operation) => void;
  tell: (wrong: string) => void;
}>;

export type Asking = Readonly<{
  sort: string;
  seen?: string;
  body?: Body;
  /** Stores no event under its own command id. */
  silent?: boolean;
}>;

type Sent = Readonly<{ answer: Answer | null; attempts: number; met: readonly string[] }>;

const ANSWER_WITHIN_MS = 20_000;
const RETRY_MS = [50, 100, 200, 400] as const;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const parsed = (text: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};
const bigintIn = (body: Record<string, unknown>, name: string): bigint | null => {
  const value = body[name];
  return typeof value === 'string' && /^\d+$/.test(value) ? BigInt(value) : null;
};

/** One signed-in person at the API. */
export class Session {
  private constructor(
    readonly login: string,
    private readonly transport: Transport,
    private readonly cookie: string,
    private readonly csrf: string,
    readonly accountId: string,
  ) {}

  static async open(transport: Transport, login: string, password: string): Promise<Session> {
    const answer = await transport('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    });
    if (answer.status !== 200) throw new Error(`${login} cannot sign in: ${String(answer.status)}`);
    const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
    const body = (await answer.json()) as Readonly<{ csrf: string; account: Readonly<{ id: string }> }>;
    return new Session(login, transport, cookie.join('; '), body.csrf, body.account.id);
  }

  async send(method: string, path: string, headers: Readonly<Record<string, string>>, body: Body = {}): Promise<Answer> {
    const init: RequestInit = {
      method,
      headers: { cookie: this.cookie, ...(method === 'GET' ? {} : { 'x-csrf-token': this.csrf }), ...headers },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    };
    if (body.file !== undefined) {
      const form = new FormData();
      for (const [name, value] of Object.entries(body.fields ?? {})) form.append(name, value);
      form.append('file', new Blob([new Uint8Array(body.file.content)], { type: body.file.type }), body.file.name);
      init.body = form;
    } else if (method !== 'GET') {
      init.headers = { ...init.headers, 'content-type': 'application/json' };
      init.body = JSON.stringify(body.json ?? {});
    }
    const answer = await this.transport(`/api${path}`, init);
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }
}

/** What the product may say while a part of it is away; anything else that is no answer is a fault. */
const isClearRefusal = ({ status, headers, text }: Answer): boolean => {
  const { zh, en } = parsed(text);
  return (
    (status === 503 || status === 507) &&
    (headers.get('content-type') ?? '').startsWith('application/problem+json') &&
    typeof zh === 'string' &&
    typeof en === 'string'
  );
};
/** Others were first too often, or too many came at once: the same may be sent again. */
const isPassing = ({ status, text }: Answer): boolean => status === 429 || (status === 409 && parsed(text)['code'] === 'conflict');

/** One client, which does one thing after the other, repeats until it knows the outcome, and writes down what it did. */
export class Client {
  constructor(
    readonly name: string,
    private readonly journal: Journal,
    private readonly random: SeededRandom,
    /** Time on the journal's clock after which it gives up; until then it repeats. */
    private readonly giveUpAt: () => number,
  ) {}

  /** Whether it still waits for what is to come. */
  get patient(): boolean {
    return this.journal.now() <= this.giveUpAt();
  }

  complain(about: string): void {
    this.journal.tell(`${this.name}: ${about}`);
  }

  /** Null when the outcome never became known, or the rules said no; the journal says which. */
  async act(who: Session, method: string, path: string, { sort, seen, body, silent = false }: Asking): Promise<Answer | null> {
    const key = randomUUID();
    const commandId = idFrom('http', who.accountId, key);
    const request = `${who.login} ${method} ${path}`;
    const headers = { 'idempotency-key': key, ...(seen === undefined ? {} : { 'if-match': seen }) };
    // Now and then somebody closes the page at the first sign of trouble: that outcome stays unknown.
    const impatient = this.random.chance(0.1);
    const start = this.journal.now();
    const { answer, attempts, met } = await this.until(() => who.send(method, path, headers, body), request, impatient);
    const end = this.journal.now();
    const outcome = outcomeOf(answer);
    const about = { client: this.name, request, commandId };
    const hash = parsed(answer?.text ?? '')['hash'];
    const act: Act = {
      ...about,
      kind: 'act',
      sort,
      silent,
      start,
      end,
      attempts,
      met,
      outcome,
      hash: outcome.kind === 'ok' && typeof hash === 'string' ? hash : null,
    };
    this.journal.note(act);
    if (answer === null || outcome.kind !== 'ok') return null;
    if (this.random.chance(0.1)) {
      const from = this.journal.now();
      const again = (await this.until(() => who.send(method, path, headers, body), `${request} again`)).answer;
      if (again !== null) {
        // Of what goes on behind, the second answer may tell more.
        const same = again.status === answer.status && (silent || isDeepStrictEqual(parsed(again.text), parsed(answer.text)));
        this.journal.note({ ...about, kind: 'repeat', start: from, end: this.journal.now(), same });
        if (!same) this.journal.tell(`${request}: repeated, it was answered ${String(again.status)} ${again.text.slice(0, 200)}`);
      }
    }
    return answer;
  }

  /** A finding as it is shown to whoever waits for `position`; null when nobody answers or it is not there. */
  async look(who: Session, findingId: string, position: bigint): Promise<Readonly<{ seen: string; behind: boolean }> | null> {
    const start = this.journal.now();
    const answer = await this.get(who, `/findings/${findingId}`, { 'x-read-position': String(position) });
    if (answer === null) return null;
    const seen = answer.headers.get('etag');
    const revision = /\d+/.exec(seen ?? '')?.[0];
    const behind = answer.headers.get('x-read-behind') === 'true';
    this.journal.note({
      kind: 'read',
      client: this.name,
      start,
      end: this.journal.now(),
      stream: `finding-${findingId}`,
      position,
      behind,
      revision: answer.status === 200 && revision !== undefined ? BigInt(revision) : null,
    });
    return seen === null ? null : { seen, behind };
  }

  /** Null when nobody answers in the end. */
  async get(who: Session, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer | null> {
    return (await this.until(() => who.send('GET', path, headers), `${who.login} GET ${path}`)).answer;
  }

  private async until(send: () => Promise<Answer>, request: string, impatient = false): Promise<Sent> {
    const met: string[] = [];
    for (let attempts = 1; ; attempts += 1) {
      const answer = await send().catch(() => null);
      if (answer !== null && answer.status < 500 && !isPassing(answer)) return { answer, attempts, met };
      if (answer !== null) met.push(String(parsed(answer.text)['code']));
      if (answer !== null && answer.status >= 500 && !isClearRefusal(answer)) {
        this.journal.tell(`${request}: an unclear answer, ${String(answer.status)} ${answer.text.slice(0, 200)}`);
      }
      if (!this.patient) {
        this.journal.tell(`${request}: never answered, last ${answer === null ? 'nothing' : String(answer.status)}`);
        return { answer: null, attempts, met };
      }
      if (impatient) return { answer: null, attempts, met };
      await pause(RETRY_MS[Math.min(attempts, RETRY_MS.length) - 1] ?? 400);
    }
  }
}

const outcomeOf = (answer: Answer | null): Outcome => {
  if (answer === null) return { kind: 'unknown' };
  const body = parsed(answer.text);
  if (answer.status >= 300) return { kind: 'refused', status: answer.status, code: String(body['code']) };
  return {
    kind: 'ok',
    status: answer.status,
    revision: bigintIn(body, 'revision'),
    position: bigintIn(body, 'position'),
    changed: typeof body['changed'] === 'boolean' ? body['changed'] : null,
  };
};

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
