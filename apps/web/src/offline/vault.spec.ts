import { importDeviceSecret, makeVault, openVault, seal, unseal } from './vault';

const FEW = 1_000;
const SECRET = btoa('0123456789abcdef0123456789abcdef');
const OTHER = btoa('fedcba9876543210fedcba9876543210');
const CONTENT = new TextEncoder().encode('what lies on the phone');

describe('The key of what lies on the phone', () => {
  it('opens by the PIN and the server’s part together, by neither alone', async () => {
    const [secret, other] = await Promise.all([importDeviceSecret(SECRET), importDeviceSecret(OTHER)]);
    const wrapped = await makeVault('204817', secret, FEW);
    const opened = await Promise.all([
      openVault('204817', secret, wrapped),
      openVault('204818', secret, wrapped),
      openVault('204817', other, wrapped),
    ]);
    expect(opened.map((key) => key !== null)).toStrictEqual([true, false, false]);
  });

  it('can be read by no script, and neither can the server’s part', async () => {
    const secret = await importDeviceSecret(SECRET);
    const key = await openVault('204817', secret, await makeVault('204817', secret, FEW));
    expect([secret.extractable, key?.extractable]).toStrictEqual([false, false]);
  });

  it('seals each record freshly, and a record fits only its own place', async () => {
    const secret = await importDeviceSecret(SECRET);
    const key = await openVault('204817', secret, await makeVault('204817', secret, FEW));
    if (key === null) throw new Error('it did not open');
    const [first, second] = [await seal(key, 'draft a', CONTENT), await seal(key, 'draft a', CONTENT)];
    expect(String(new Uint8Array(first.data))).not.toBe(String(new Uint8Array(second.data)));
    expect(new TextDecoder().decode(await unseal(key, 'draft a', first))).toBe('what lies on the phone');
    await expect(unseal(key, 'draft b', first)).rejects.toThrow();
  });
});
