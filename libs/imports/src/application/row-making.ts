import { idFrom, type SubjectId } from '@app/kernel';
import { FreshSeals } from '../../../privacy/src/plain';
import { hasErrors, type World } from '../domain/draft-row';
import { coresOf, fingerprintOf, IdentityGiver, type Provenance } from '../domain/row-identity';
import { plainText } from '../domain/sheet';
import type { ReadRow } from '../domain/understand-sheet';
import { contentOf, toBeSealed } from './draft-to-content';
import type { NewRow } from './import-job';
import type { ReadingTask, ReadRows, WrongRow } from './reading-task';
import { RowLines } from './row-lines';

/** Few enough to be forgotten while they are young: what lives long costs memory several times over. */
const BATCH = 500;

/** What jsonb cannot hold: the escape of NUL and a surrogate without its other half. */
const UNSTORABLE = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gi;
const jsonOf = (value: unknown): string => {
  const json = JSON.stringify(value);
  return json.includes('\\u') ? json.replace(UNSTORABLE, '$1\\ufffd') : json;
};

/**
 * Makes of understood rows what is stored for the preview. Of each row remain at once the few texts that are written, so that what
 * understanding it took is forgotten before anybody looks for it.
 */
export class RowMaking {
  private readonly lines: RowLines;
  private wrong: WrongRow[] = [];
  private begun = 0;
  private readonly identities: IdentityGiver;
  private readonly seals: FreshSeals;

  constructor(
    private readonly task: ReadingTask,
    private readonly world: World,
    provenance: Provenance,
  ) {
    this.identities = new IdentityGiver(provenance);
    this.seals = new FreshSeals(task.sealing);
    this.lines = new RowLines(task.job.importId);
  }

  /** Rows so far. */
  get count(): number {
    return this.begun;
  }
  /** Whether there are so many that they should be written. */
  get isFull(): boolean {
    return this.lines.count + this.wrong.length >= BATCH;
  }

  add({ draft, cells }: ReadRow): void {
    this.begun += 1;
    const { task, world } = this;
    const cores = coresOf(draft);
    const wrong = hasErrors(draft);
    const named = wrong ? null : toBeSealed(draft, idFrom('import-subject', task.reading, this.begun) as SubjectId);
    const subject = named === null ? null : { subjectId: named.subjectId, sealed: this.seals.seal(named.subjectId, named.fields) };
    const content = contentOf(draft, task.job.options.kind, world.county, subject);
    const row: NewRow = {
      n: this.begun,
      sheetRows: draft.rows,
      ...cores,
      frameSource: draft.source,
      frameBatch: draft.batch,
      fingerprint: fingerprintOf(draft),
      content: content === null ? null : jsonOf(content),
      confirmPersonal: draft.confirmPersonal,
      errors: draft.remarks.filter((r) => r.level === 'error').length,
      warnings: draft.remarks.filter((r) => r.level === 'warning').length,
      remarks: jsonOf(draft.remarks),
      cells: null,
      state: 'read',
      rowId: this.identities.next({ ...cores, source: draft.source, batch: draft.batch }),
    };
    // Only rows that come back as a sheet with reasons need their cells; their personal numbers are replaced as well.
    if (wrong) this.wrong.push({ row, cells: cells.map((cell) => world.hidePersonalNumbers(plainText(cell)).text) });
    else this.lines.add(row);
  }

  /** What was added since the last time, of `total` rows or more; what is added next is gathered in `memory` where some is given. */
  take(total: number, memory: ArrayBuffer | undefined): ReadRows {
    const { wrong, begun } = this;
    this.wrong = [];
    return { kind: 'rows', lines: this.lines.take(memory), keys: this.seals.take(), wrong, upTo: begun, total: Math.max(total, begun) };
  }
}
