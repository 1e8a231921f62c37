import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';

const exec = promisify(execFile);
const PACKAGES: Readonly<Record<string, string>> = { soffice: 'libreoffice-writer-nogui' };

/** Runs a program of the system; says what to install when it is not there. */
const run = async (program: string, args: readonly string[]): Promise<string> => {
  try {
    return (await exec(program, args, { maxBuffer: 64 * 1024 * 1024 })).stdout;
  } catch (error) {
    // By its code alone: an error of the system is of no class that a test knows.
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') {
      throw new Error(`${program} is missing: install it with apt-get install ${PACKAGES[program] ?? 'poppler-utils'}`);
    }
    throw error;
  }
};

const within = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'qingling-documents-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const withPdf = async <T>(pdf: Buffer, work: (file: string, folder: string) => Promise<T>): Promise<T> =>
  within(async (folder) => {
    const file = path.join(folder, 'document.pdf');
    writeFileSync(file, pdf);
    return work(file, folder);
  });

/** Pages as PNG, in order; all of them, or from one to another. */
export const pagesOf = async (pdf: Buffer, dpi: number, [from, to]: readonly [number, number] = [1, 999]): Promise<readonly Buffer[]> =>
  withPdf(pdf, async (file, folder) => {
    await run('pdftoppm', ['-r', String(dpi), '-f', String(from), '-l', String(to), '-gray', '-png', file, path.join(folder, 'page')]);
    const pages = readdirSync(folder).filter((name) => name.endsWith('.png'));
    return pages.sort().map((name) => readFileSync(path.join(folder, name)));
  });

/** In the order in which it was written, pages ended by form feeds. */
export const textOf = async (pdf: Buffer): Promise<string> => withPdf(pdf, async (file) => run('pdftotext', ['-raw', file, '-']));
export const fontsOf = async (pdf: Buffer): Promise<string> => withPdf(pdf, async (file) => run('pdffonts', [file]));

/** What LibreOffice makes of Word documents, each as a PDF, in the order given. */
export const openedByLibreOffice = async (documents: readonly Buffer[]): Promise<readonly Buffer[]> =>
  within(async (folder) => {
    const names = documents.map((_, at) => path.join(folder, `${String(at)}.docx`));
    documents.forEach((bytes, at) => writeFileSync(names[at] ?? '', bytes));
    const profile = `-env:UserInstallation=file://${path.join(folder, 'profile')}`;
    await run('soffice', [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...names]);
    return names.map((name) => readFileSync(name.replace(/docx$/, 'pdf')));
  });

/** A page in grey: 0 is black. */
export type Grey = Readonly<{ width: number; height: number; data: Buffer }>;
export const greyOf = async (png: Buffer): Promise<Grey> => {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
};

const TILE = 4;
/** Of 255. What another release of the renderer smooths otherwise stays below; a character that is another does not. */
const TOLERANCE = 24;

const tileMean = ({ width, height, data }: Grey, left: number, top: number): number => {
  let sum = 0;
  let count = 0;
  for (let y = top; y < Math.min(top + TILE, height); y++) {
    for (let x = left; x < Math.min(left + TILE, width); x++) {
      sum += data[y * width + x] ?? 0;
      count += 1;
    }
  }
  return sum / count;
};

/** Places (in pixels) where two pages differ to the eye; another size is a difference everywhere. */
export const differences = (a: Grey, b: Grey): readonly string[] => {
  if (a.width !== b.width || a.height !== b.height)
    return [`${String(a.width)}×${String(a.height)} ≠ ${String(b.width)}×${String(b.height)}`];
  const found: string[] = [];
  for (let y = 0; y < a.height; y += TILE) {
    for (let x = 0; x < a.width; x += TILE) {
      if (Math.abs(tileMean(a, x, y) - tileMean(b, x, y)) > TOLERANCE) found.push(`${String(x)},${String(y)}`);
    }
  }
  return found;
};

const INK = 128;
export type Bounds = Readonly<{ left: number; right: number; top: number; bottom: number }>;
/** Between which millimetres of a page there is ink; `from` and `to` narrow it by height. */
export const inkBounds = ({ width, height, data }: Grey, dpi: number, from = 0, to = 297): Bounds => {
  const mm = (pixels: number): number => (pixels * 25.4) / dpi;
  const bounds = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (let y = Math.round((from * dpi) / 25.4); y < Math.min(height, (to * dpi) / 25.4); y++) {
    for (let x = 0; x < width; x++) {
      if ((data[y * width + x] ?? 255) >= INK) continue;
      bounds.left = Math.min(bounds.left, mm(x));
      bounds.right = Math.max(bounds.right, mm(x + 1));
      bounds.top = Math.min(bounds.top, mm(y));
      bounds.bottom = Math.max(bounds.bottom, mm(y + 1));
    }
  }
  return bounds;
};
