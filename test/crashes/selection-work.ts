import { setTimeout as pause } from 'node:timers/promises';
import { idFrom, type SeededRandom } from '@app/kernel';
import { parsed, type Client, type Session } from './clients';
import type { RunSelection } from './record';
import { WALKED } from './walk';

const EVERY_MS = 100;
const PAGE = 200;
/** No more findings than that in one selection. */
const MOST = 150;
type Found = Readonly<{ findingId: string; place: string | null }>;
type Row = Readonly<{ n: number; findingId: string; legId: string | null; state: string }>;

/** One remark on many findings: previewed, confirmed, carried out row by row; whatever dies meanwhile. */
export class SelectionWork {
  readonly selections: RunSelection[] = [];

  constructor(
    private readonly client: Client,
    private readonly office: Session,
    private readonly random: SeededRandom,
  ) {}

  async once(): Promise<void> {
    const rows = await this.chosen();
    if (rows.length === 0) return;
    const json = { step: 'AddComment', title: '批量留言', rows, data: { text: '请抓紧整改' } };
    const opened = await this.client.act(this.office, 'POST', '/selections', { sort: 'open a selection', silent: true, body: { json } });
    if (opened === null) return;
    const selectionId = String(parsed(opened.text)['selectionId']);
    if (!(await this.until(selectionId, ['ready']))) return;
    // Others work on the same findings meanwhile: a remark stands all the same.
    const asking = { sort: 'run a selection', silent: true, body: { json: { evenIfChanged: true } } };
    const run = await this.client.act(this.office, 'POST', `/selections/${selectionId}/run`, asking);
    if (run === null) return;
    const done = await this.until(selectionId, ['done']);
    this.selections.push({ selectionId, state: done ? 'done' : null, rows: await this.results(selectionId) });
  }

  private async chosen(): Promise<readonly Readonly<{ findingId: string }>[]> {
    const answer = await this.client.get(this.office, `/findings?limit=${MOST}`);
    const { findings = [] } = parsed(answer?.text ?? '') as Readonly<{ findings?: readonly Found[] }>;
    return findings.filter(({ place }) => place !== WALKED && this.random.chance(0.8)).map(({ findingId }) => ({ findingId }));
  }

  private async until(selectionId: string, states: readonly string[]): Promise<boolean> {
    while (this.client.patient) {
      const answer = await this.client.get(this.office, `/selections/${selectionId}`);
      if (states.includes(String(parsed(answer?.text ?? '')['state']))) return true;
      await pause(EVERY_MS);
    }
    this.client.complain(`selection ${selectionId} never came to ${states.join(' or ')}`);
    return false;
  }

  private async results(selectionId: string): Promise<RunSelection['rows']> {
    const results: RunSelection['rows'][number][] = [];
    for (let after: number | null = -1; after !== null;) {
      const answer = await this.client.get(this.office, `/selections/${selectionId}/rows?after=${after}&limit=${PAGE}`);
      const page = parsed(answer?.text ?? '') as Readonly<{ rows?: readonly Row[]; next?: number | null }>;
      for (const { n, findingId, legId, state } of page.rows ?? []) {
        results.push({ findingId, state, commandId: idFrom('selection', selectionId, n, findingId, legId ?? '', 0) });
      }
      after = page.next ?? null;
    }
    return results;
  }
}
