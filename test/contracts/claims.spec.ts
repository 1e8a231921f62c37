import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');
const page = readFileSync(path.join(ROOT, 'docs', 'claims.md'), 'utf8');
const claims = page.split('\n').flatMap((line) => {
  const [, promise, file, test] = /^\| (.+) \| `([^`]+)` · (.+) \|$/.exec(line) ?? [];
  return promise === undefined || file === undefined || test === undefined ? [] : [{ promise, file, test: test.replaceAll('\\|', '|') }];
});

describe('The page of claims', () => {
  it('names for each promise a test that is there', () => {
    const texts = new Map<string, string>();
    const textOf = (file: string): string => {
      const at = path.join(ROOT, file);
      const text = texts.get(file) ?? (existsSync(at) ? readFileSync(at, 'utf8') : '');
      texts.set(file, text);
      return text;
    };
    expect(claims.filter(({ file, test }) => !textOf(file).includes(test))).toStrictEqual([]);
  });

  it('has no row that this reading passes over, and no promise twice', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| promise '));
    expect(claims.length).toBe(rows.length);
    expect(new Set(claims.map(({ promise }) => promise)).size).toBe(claims.length);
  });
});
