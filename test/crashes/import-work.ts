import { setTimeout as pause } from 'node:timers/promises';
import { idFrom } from '@app/kernel';
import { parsed, type Client, type Session } from './clients';
import type { ImportedList } from './record';

const ROWS = 120;
const EVERY_MS = 100;

/** Every row another place and text, so that none is taken for one that came before. */
const sheetOf = (batch: string): Buffer =>
  Buffer.from(
    [
      '序号,问题类别,具体问题,所在镇街,责任单位,整改时限,整改措施',
      ...Array.from(
        { length: ROWS },
        (_, i) => `${i + 1},住房安全,${batch}第${i + 1}户门窗破损房屋漏雨,李园街道,李园街道、住建局,2020.8.14,维修门窗屋面`,
      ),
    ].join('\n'),
  );

/** A list comes in as a file, is looked at, committed and issued; whatever dies meanwhile. */
export class ImportWork {
  readonly lists: ImportedList[] = [];

  constructor(
    private readonly client: Client,
    private readonly office: Session,
  ) {}

  async once(batch: string): Promise<void> {
    const file = { name: `${batch}.csv`, type: 'text/csv', content: sheetOf(batch) };
    const fields = { sourceKind: 'inspection', sourceName: '走查演示', batch };
    const received = await this.client.act(this.office, 'POST', '/imports', { sort: 'upload', silent: true, body: { fields, file } });
    if (received === null) return;
    const importId = String(parsed(received.text)['importId']);
    const read = await this.until(importId, ['ready']);
    if (!read) return;
    const body = { json: { draft: { title: `问题清单 ${batch}` } } };
    const asked = await this.client.act(this.office, 'POST', `/imports/${importId}/commit`, { sort: 'commit', silent: true, body });
    const committed = asked !== null && (await this.until(importId, ['committed']));
    const listId = idFrom('list', importId);
    const issuing = committed ? await this.client.act(this.office, 'PUT', `/lists/${listId}/issue`, { sort: 'issue', body: {} }) : null;
    this.lists.push({ importId, listId, rows: ROWS, committed, issued: issuing !== null });
    if (issuing !== null) await this.carriedOut(listId);
  }

  private async until(importId: string, states: readonly string[]): Promise<boolean> {
    while (this.client.patient) {
      const answer = await this.client.get(this.office, `/imports/${importId}`);
      const { state, failure } = parsed(answer?.text ?? '');
      if (states.includes(String(state))) return true;
      if (state === 'refused' || (failure !== null && failure !== undefined)) {
        this.client.complain(`import ${importId} is ${String(state)}: ${JSON.stringify(failure)}`);
        return false;
      }
      await pause(EVERY_MS);
    }
    this.client.complain(`import ${importId} never came to ${states.join(' or ')}`);
    return false;
  }

  /** Filing and transferring goes on behind the issue. */
  private async carriedOut(listId: string): Promise<void> {
    while (this.client.patient) {
      const answer = await this.client.get(this.office, `/lists/${listId}`);
      const { counts } = parsed(answer?.text ?? '') as Readonly<{ counts?: Readonly<{ transferred: number }> }>;
      if (counts?.transferred === ROWS) return;
      await pause(EVERY_MS);
    }
    this.client.complain(`list ${listId} was issued, and its rows were never all transferred`);
  }
}
