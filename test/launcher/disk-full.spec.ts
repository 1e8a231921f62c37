import { execFileSync } from 'node:child_process';
import path from 'node:path';

const refusal = path.join(__dirname, '..', '..', 'apps', 'launcher', 'lib', 'refusal.mjs');
/** The launcher runs before anything is built, so it is asked as it is. */
const sentenceFor = (error: object): string => {
  const program = `import { refusalFor } from ${JSON.stringify(refusal)}; console.log(refusalFor(${JSON.stringify(error)})?.message ?? 'none');`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }).trim();
};

describe('Trouble with the disk', () => {
  it('is one sentence in both languages, whoever notices that it is full', () => {
    const full = '磁盘空间不足，请清理后再启动。 · The disk is full (no space left on device): free some space and start again.';
    const noticed = [{ code: 'ENOSPC' }, { code: '53100' }, { message: 'could not extend file: No space left on device' }];
    expect(noticed.map(sentenceFor)).toStrictEqual([full, full, full]);
    expect(sentenceFor({ code: 'EACCES', path: '/data' })).toContain('No permission to read or write /data');
    expect(sentenceFor({ code: 'ENOENT', message: 'no such file' })).toBe('none');
  });
});
