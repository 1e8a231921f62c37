import { setImmediate as breathe } from 'node:timers/promises';
import { DirectoryView } from '../../../organisation/src/plain';
import { secrecyMark } from '../../../privacy/src/plain';
import { rejectImport } from '../domain/import.errors';
import type { DraftRow, World } from '../domain/draft-row';
import type { Sheet } from '../domain/sheet';
import { openSheet, type OpenedSheet, type ReadingOptions } from '../domain/understand-sheet';
import { LIMITS } from './limits';
import { openAdmitted } from './open-file';
import type { ReadingStep, ReadingTask } from './reading-task';
import { provenanceOf, sourceOrDefault } from './row-frame';
import { RowMaking } from './row-making';
import type { OpenedFile, SheetSource } from './sheet-source';
import { worldOf } from './world-from-directory';

/** True when a text bears a mark of secrecy (R39). */
export const isSecret = (text: string): boolean => secrecyMark(text) !== null;

/** Steps one after the other; with the question for the next one comes memory that is no longer needed. */
export type LedgerSteps = AsyncGenerator<ReadingStep, void, ArrayBuffer | undefined>;

/**
 * From the file on disk to rows as they are stored: `opened` once, `rows` a few hundred at a time, `read` at the end. Asks nobody, so that
 * it runs in any thread. Errors: as `openAdmitted`, `sheet-without-header` and `sheet-too-many-rows`.
 */
export async function* readLedger(task: ReadingTask): LedgerSteps {
  const { fileName, fileKind } = task.job;
  const file = await openAdmitted(task.path, fileName, fileKind, isSecret);
  try {
    yield* readFrom(file, task);
  } finally {
    file.close();
  }
}

async function* readFrom({ sheets }: OpenedFile, task: ReadingTask): LedgerSteps {
  const { today, target } = task;
  const { options } = task.job;
  const world = worldOf(new DirectoryView(task.directory), options.listDate ?? today);
  const reading: ReadingOptions = { listDate: today, columns: options.columns, choices: options.choices };
  const [source, first] = choose(sheets, options.sheet, reading, world);
  const stated = options.listDate ?? target?.listDate ?? null;
  const titled = first.titles.date;
  const listDate = stated ?? (titled !== null && titled <= today ? titled : today);
  const opened = openSheet(sheetOf(source), { ...reading, listDate }, world) ?? first;
  const provenance = provenanceOf(target?.source ?? sourceOrDefault(options.source, opened.titles));
  yield { kind: 'opened', provenance };
  const rows = opened.read();
  const unknown = new Map<string, Unknown>();
  const making = new RowMaking(task, world, provenance);
  let free: ArrayBuffer | undefined;
  let filled = 0;
  for await (const some of source.rows()) {
    filled += some.length;
    if (filled > LIMITS.rows + LIMITS.otherRows) return rejectImport('sheet-too-many-rows', { max: LIMITS.rows });
    for (const sheetRow of some)
      for (const row of rows.take(sheetRow)) {
        collectUnknown(row.draft, unknown);
        making.add(row);
      }
    if (making.count > LIMITS.rows) return rejectImport('sheet-too-many-rows', { max: LIMITS.rows });
    if (making.isFull) free = yield making.take(source.rowCount, free);
    await breathe();
  }
  for (const row of rows.end()) {
    collectUnknown(row.draft, unknown);
    making.add(row);
  }
  yield making.take(0, free);
  const { sheet, headerRows, titles, columns } = opened;
  yield {
    kind: 'read',
    understood: {
      sheet,
      headerRows,
      titles,
      columns,
      skipped: rows.skipped,
      sheets: sheets.map((s) => s.name),
      listDate,
      unknownUnits: [...unknown.values()],
    },
  };
}

const choose = (
  sheets: readonly SheetSource[],
  wanted: string | null,
  reading: ReadingOptions,
  world: World,
): readonly [SheetSource, OpenedSheet] => {
  for (const source of sheets) {
    if (wanted !== null && source.name !== wanted) continue;
    const opened = openSheet(sheetOf(source), reading, world);
    if (opened !== null) return [source, opened];
  }
  return rejectImport('sheet-without-header');
};

const sheetOf = ({ head, ...known }: SheetSource): Sheet => ({ ...known, rows: head });

type Unknown = { name: string; proposals: readonly string[]; cells: number };
const collectUnknown = (row: DraftRow, into: Map<string, Unknown>): void => {
  for (const { code, text, proposals } of row.remarks) {
    if (code !== 'unit-unknown' && code !== 'place-unknown' && code !== 'unit-ambiguous') continue;
    const name = /“(.*?)”/.exec(text.zh)?.[1] ?? '';
    const known = into.get(name);
    if (known !== undefined) known.cells += 1;
    else if (into.size < 500) into.set(name, { name, proposals, cells: 1 });
  }
};
