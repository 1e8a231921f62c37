import { Worker } from 'node:worker_threads';
import type { LocalDate } from '@app/kernel';
import { rejectImport } from '../domain/import.errors';
import type { CellValue, Merge, Sheet, SheetRow } from '../domain/sheet';
import { LIMITS } from './limits';
import { sendCells, type WireCell, type WorkerInput, type WorkerMessage } from './workbook-cells';

/** A sheet with the texts of its page margins, where marks of secrecy also stand. */
export type ReadSheet = Sheet & Readonly<{ marginTexts: readonly string[] }>;

const SOURCE = `
const { parentPort, workerData } = require('node:worker_threads');
const { Workbook } = require(${JSON.stringify(require.resolve('exceljs'))});
(${sendCells.toString()})(new Workbook(), workerData, parentPort).catch(() => parentPort.postMessage({ kind: 'refused', because: 'damaged' }));
`;

const mergeOf = (reference: string): Merge | null => {
  const match = /^([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)$/.exec(reference);
  if (!match) return null;
  const column = (letters: string): number => [...letters].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0);
  return { top: Number(match[2]), left: column(match[1] ?? ''), bottom: Number(match[4]), right: column(match[3] ?? '') };
};
const cellOf = (cell: WireCell): CellValue =>
  typeof cell === 'object' && cell !== null && 'day' in cell ? { day: cell.day as LocalDate } : cell;

type Growing = Omit<ReadSheet, 'rows'> & { rows: SheetRow[] };

/**
 * All visible and hidden sheets of an .xlsx, read in a worker thread with a heap of its own: what the parser eats or breaks stays there.
 * `inspectWorkbook` comes first. Rejects with `file-damaged`, `file-too-much-inside` or `sheet-too-many-rows`; aborts with the signal.
 */
export const readWorkbook = async (bytes: Buffer, signal?: AbortSignal): Promise<readonly ReadSheet[]> => {
  const input: WorkerInput = { bytes: new Uint8Array(bytes), maxRows: LIMITS.rows, maxColumns: LIMITS.columns };
  const worker = new Worker(SOURCE, {
    eval: true,
    workerData: input,
    transferList: [input.bytes.buffer as ArrayBuffer],
    resourceLimits: { maxOldGenerationSizeMb: LIMITS.workerHeapMb },
    execArgv: [],
  });
  const sheets: Growing[] = [];
  const limit = AbortSignal.any([AbortSignal.timeout(LIMITS.workerMs), ...(signal ? [signal] : [])]);
  try {
    const outcome = await new Promise<'done' | 'too-many-rows' | 'damaged' | 'too-much'>((resolve, reject) => {
      limit.addEventListener('abort', () => {
        if (signal?.aborted) reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
        else resolve('too-much');
      });
      worker.on('error', () => {
        resolve('too-much');
      });
      worker.on('exit', () => {
        resolve('damaged');
      });
      worker.on('message', (message: WorkerMessage) => {
        switch (message.kind) {
          case 'sheet': {
            const { name, hidden, date1904, marginTexts } = message;
            sheets.push({ name, hidden, date1904, marginTexts, rows: [], merges: message.merges.map(mergeOf).filter((m) => m !== null) });
            break;
          }
          case 'rows':
            sheets.at(-1)?.rows.push(...message.rows.map(([number, cells]) => ({ number, cells: cells.map(cellOf) })));
            break;
          case 'refused':
            resolve(message.because);
            break;
          case 'done':
            resolve('done');
        }
      });
    });
    if (outcome === 'too-many-rows') return rejectImport('sheet-too-many-rows', { max: LIMITS.rows });
    if (outcome === 'damaged') return rejectImport('file-damaged');
    return outcome === 'done' ? sheets : rejectImport('file-too-much-inside');
  } finally {
    await worker.terminate();
  }
};
