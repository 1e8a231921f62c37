/** IPv4 ranges that no webhook goes to, as base and prefix length: not on the public network, or with a meaning of their own. */
const REFUSED_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

const v4 = (text: string): number | null => {
  const parts = text.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : Number.NaN));
  if (parts.length !== 4 || parts.some((part) => !(part <= 255))) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
};
const isRefusedV4 = (address: number): boolean =>
  REFUSED_V4.some(([base, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(address / size) === Math.floor((v4(base) ?? 0) / size);
  });

/** The eight groups of an IPv6 address, an IPv4 tail included; null where it is none. */
const v6 = (text: string): readonly number[] | null => {
  const [plain = ''] = text.split('%');
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(plain);
  const embedded = tail === null ? null : v4(tail[2] ?? '');
  if (tail !== null && embedded === null) return null;
  const whole =
    tail === null || embedded === null
      ? plain
      : `${tail[1] ?? ''}${Math.floor(embedded / 65_536).toString(16)}:${(embedded % 65_536).toString(16)}`;
  const sides = whole.split('::');
  if (sides.length > 2) return null;
  const groups = sides.map((side) =>
    side === '' ? [] : side.split(':').map((group) => (/^[0-9a-f]{1,4}$/i.test(group) ? Number.parseInt(group, 16) : Number.NaN)),
  );
  const [head = [], end = []] = groups;
  const missing = 8 - head.length - end.length;
  if (sides.length === 1 ? missing !== 0 : missing < 1) return null;
  const all = [...head, ...Array.from({ length: Math.max(0, missing) }, () => 0), ...end];
  return all.some(Number.isNaN) ? null : all;
};

/**
 * Whether nothing may be sent there: private, loopback, link-local (the metadata services of clouds are), carrier, documentation and
 * multicast ranges, also where they hide in an IPv6 address. Only the global unicast range of IPv6 is open. What is no address is refused.
 */
export const isRefusedAddress = (text: string): boolean => {
  const four = v4(text);
  if (four !== null) return isRefusedV4(four);
  const groups = v6(text);
  if (groups === null) return true;
  const [a = 0, b = 0] = groups;
  // 2000::/3 alone; in it 2001::/23 (Teredo and other protocols), documentation, and 6to4, which carries an IPv4 address.
  return a < 0x2000 || a > 0x3fff || (a === 0x2001 && (b < 0x200 || b === 0xdb8)) || a === 0x2002 || (a === 0x3fff && b < 0x1000);
};
