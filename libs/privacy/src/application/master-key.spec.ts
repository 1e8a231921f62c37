import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decrypt, encrypt } from './cipher';
import { MasterKey } from './master-key';

describe('the master key', () => {
  let dataDir: string;
  beforeEach(() => (dataDir = mkdtempSync(path.join(tmpdir(), 'qingling-key-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('is made at the first start, for its owner only, and found again', () => {
    const first = MasterKey.in(dataDir);
    expect(first.bytes).toHaveLength(32);
    expect(statSync(first.file).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.join(dataDir, 'keys'))).toStrictEqual(['master.key']);
    expect(MasterKey.in(dataDir).id).toBe(first.id);
  });
  it('is refused when it is damaged', () => {
    writeFileSync(MasterKey.in(dataDir).file, 'short');
    expect(() => MasterKey.in(dataDir)).toThrow(expect.objectContaining({ code: 'master-key-broken' }));
  });
});

describe('sealed text', () => {
  const key = Buffer.alloc(32, 7);
  const sealed = encrypt(key, Buffer.from('王小明'), 'subject-1');
  it('opens with its key for its subject', () => expect(decrypt(key, sealed, 'subject-1').toString()).toBe('王小明'));
  it('differs each time', () => expect(encrypt(key, Buffer.from('王小明'), 'subject-1')).not.toBe(sealed));
  it.each([
    ['for another subject', () => decrypt(key, sealed, 'subject-2')],
    ['with another key', () => decrypt(Buffer.alloc(32, 8), sealed, 'subject-1')],
    ['altered', () => decrypt(key, `${sealed.slice(0, -3)}AAA`, 'subject-1')],
    ['cut short', () => decrypt(key, 'a256gcm.AAAA', 'subject-1')],
    ['in an unknown scheme', () => decrypt(key, sealed.replace('a256gcm', 'other'), 'subject-1')],
  ])('does not open %s', (_, open) => expect(open).toThrow(expect.objectContaining({ code: 'sealed-unreadable' })));
});
