import { stream } from 'exceljs';
import { watchMemory } from '../harness/peak-memory';
import type { OpenDriver } from '../harness/types';

/** The peer: its streaming reader, which reads every cell and does nothing with it. */
export const open: OpenDriver = async ({ server }) => {
  const { file, rows } = server as Readonly<{ file: string; rows: number }>;
  return {
    works: {
      import: async () => {
        const peak = watchMemory();
        const from = performance.now();
        let seen = 0;
        let cells = 0;
        for await (const sheet of new stream.xlsx.WorkbookReader(file, {
          worksheets: 'emit',
          sharedStrings: 'cache',
          styles: 'cache',
          hyperlinks: 'ignore',
        })) {
          for await (const row of sheet) {
            seen += 1;
            row.eachCell((cell) => {
              if (cell.value !== null) cells += 1;
            });
          }
        }
        const seconds = (performance.now() - from) / 1_000;
        if (seen !== rows + 1 || cells !== seen * 12) throw new Error(`${seen} rows and ${cells} cells were read`);
        return { count: rows, seconds, figures: { 'peak memory, MB': peak() } };
      },
    },
    close: async () => undefined,
  };
};
