import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const SRC = path.resolve(__dirname, '../../apps/web/src');
const below = (pattern: RegExp): readonly string[] =>
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => pattern.test(file) && !file.startsWith(path.join('api', 'generated')) && !/\.spec\.ts$/.test(file))
    .map((file) => path.join(SRC, file));
/** What people read stands in strings; comments are for those who build. */
const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[\s;{}])\/\/.*$/gm, '$1');
const HAN = /[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]/;
const inFile = (file: string): string => path.relative(SRC, file);

describe('What the pages say', () => {
  it('stands in resource files, so that other languages can follow', () => {
    const spoken = below(/\.tsx?$/).flatMap((file) =>
      withoutComments(readFileSync(file, 'utf8'))
        .split('\n')
        .flatMap((line, at) => (HAN.test(line) ? [`${inFile(file)}:${at + 1} ${line.trim().slice(0, 80)}`] : [])),
    );
    expect(spoken).toEqual([]);
  });

  it('is flat text by key, and nothing is said twice under one key', () => {
    const files = below(/^i18n.*\.json$/);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      const texts = JSON.parse(text) as Readonly<Record<string, unknown>>;
      expect(Object.values(texts).every((value) => typeof value === 'string')).toBe(true);
      const keys = [...text.matchAll(/^\s*"((?:[^"\\]|\\.)+)":/gm)].map(([, key]) => key);
      expect([inFile(file), keys.length]).toEqual([inFile(file), Object.keys(texts).length]);
    }
  });
});
