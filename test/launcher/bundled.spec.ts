import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const LOADER = path.resolve(__dirname, '../../apps/launcher/lib/bundled.cjs');

describe('What was bundled', () => {
  let folder: string;
  const at = (name: string): string => path.join(folder, name);
  const run = (...args: readonly string[]): string => execFileSync(process.execPath, [...args], { cwd: folder, encoding: 'utf8' }).trim();

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'qingling-bundled-'));
    copyFileSync(LOADER, at('bundled.cjs'));
    writeFileSync(at('some-all.js'), `const { fail } = require('./part.js');\nexports.start = () => fail();\n`);
    writeFileSync(
      at('part.js'),
      `const { sep } = require('node:path');\nexports.fail = () => {\n  throw new TypeError(sep + ' no');\n};\n`,
    );
    writeFileSync(at('part.js.lines'), JSON.stringify({ sources: ['libs/some/src/part.ts'], lines: [3, 0, 71] }));
    writeFileSync(at('some.js'), `try { require('./bundled.cjs').load('some-all').start(); } catch (e) { console.log(e.stack); }\n`);
    run('bundled.cjs', 'some-all');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('names the lines of the sources in the trace of an error, and its own where there is no other', () => {
    const [error, ...steps] = run('some.js').split('\n');
    expect(error).toBe(`TypeError: ${path.sep} no`);
    expect(steps[0]?.trim()).toMatch(/^at \S*fail \(libs\/some\/src\/part\.ts:71\)$/);
    expect(steps[1]).toContain(`${at('some-all.js')}:2:`);
  });

  it('runs with the code that was compiled when it was built, and just as well without it', () => {
    const said = run('some.js');
    for (const file of ['some-all.js', 'part.js']) expect(existsSync(at(`${file}.some-all.code`))).toBe(true);
    writeFileSync(at('part.js.some-all.code'), 'of another release of Node');
    rmSync(at('some-all.js.some-all.code'));
    expect(run('some.js')).toBe(said);
  });
});
