import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { LocalDate, UnitId } from '@app/kernel';
import { NO_ROWS, type DirectoryRows } from '../../../organisation/src/plain';
import { NO_CHOICES } from '../domain/draft-row';
import { sampleLedger } from './sample-ledger.fixture';
import type { ImportOptions } from './import-job';

type Said = Readonly<{ here: readonly Readonly<Record<string, unknown>>[]; aside: readonly unknown[]; packages: readonly string[] }>;
const HOOK = path.resolve(__dirname, '../../../../test/bench/typescript.cjs');
const on = '2020-07-06' as LocalDate;
const options: ImportOptions = { sheet: null, listDate: null, source: null, kind: 'finding', columns: {}, choices: NO_CHOICES };
const town: DirectoryRows['units'][number] = {
  id: 'dazeshan' as UnitId,
  name: '大泽山镇',
  synonyms: [],
  initials: '',
  kind: 'town',
  parentId: null,
  path: 'dazeshan',
  status: 'active',
  mergedInto: null,
  from: on,
  to: null,
};

/** Reads the ledger in a process of its own, as node runs sources: a thread of jest has nobody who strips types. */
const readTwice = async (bytes: Buffer, fileKind: 'xlsx' | 'csv'): Promise<Said> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'qingling-ledger-'));
  try {
    const file = path.join(folder, 'ledger');
    await writeFile(file, bytes);
    const task = {
      job: { importId: 'one', fileName: `问题清单.${fileKind}`, fileKind, options },
      path: file,
      today: on,
      directory: { ...NO_ROWS, position: 0, units: [town] },
      target: null,
      sealing: { masterId: 'spec', since: '2020-07-06T08:00:00.000Z' },
      reading: 'one',
    };
    const said = path.join(folder, 'task.json');
    await writeFile(said, JSON.stringify(task));
    const program = path.join(__dirname, 'ledger-aside.fixture.ts');
    const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', '--require', HOOK, program, said], {
      maxBuffer: 64 * 1024 * 1024,
    });
    return JSON.parse(stdout) as Said;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const rowsOf = (count: number): string => Array.from({ length: count }, (_, i) => `${i + 1},第${i + 1}处漏雨,大泽山镇,王大明`).join('\n');

describe('a ledger that is read in a thread of its own', () => {
  it('gives the same steps as one that is read here, without loading the framework', async () => {
    const { here, aside, packages } = await readTwice(await sampleLedger(), 'xlsx');
    expect(here.map(({ kind }) => kind)).toEqual(['opened', 'rows', 'read']);
    expect(aside).toEqual(here);
    // Beside the hook that strips types, what unpacks and what reads CSV.
    expect(packages.filter((name) => !name.startsWith('@swc/'))).toEqual(['yauzl', 'pend', 'csv-parse']);
  });

  it('goes on through many steps, though the same memory is used again', async () => {
    const { here, aside } = await readTwice(Buffer.from(`序号,具体问题,所在镇街,户主姓名\n${rowsOf(1_600)}`), 'csv');
    expect(here.filter(({ kind }) => kind === 'rows').at(-1)).toMatchObject({ upTo: 1_600, total: 1_600 });
    expect(here.map(({ kind }) => kind)).toEqual(['opened', 'rows', 'rows', 'rows', 'read']);
    expect(aside).toEqual(here);
  });

  it('is refused for the same reasons', async () => {
    const { here, aside } = await readTwice(Buffer.from('你好,再见\n一,二'), 'csv');
    expect(here).toEqual([{ refused: 'sheet-without-header', params: {} }]);
    expect(aside).toEqual(here);
  });
});
