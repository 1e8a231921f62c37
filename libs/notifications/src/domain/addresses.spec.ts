import { isRefusedAddress } from './addresses';

describe('Addresses that webhooks may not go to', () => {
  it.each([
    ['loopback', ['127.0.0.1', '127.255.255.254', '::1', '::', '0.0.0.0', '0.1.2.3']],
    ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1', '100.64.0.1']],
    ['link-local and metadata', ['169.254.169.254', 'fe80::1', 'fe80::1%eth0', 'fd00:ec2::254', '100.100.100.200', '192.0.0.192']],
    [
      'IPv4 inside IPv6',
      ['::ffff:127.0.0.1', '::ffff:7f00:1', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b::10.0.0.1', '2002:7f00:1::', '2001:0:7f00:1::'],
    ],
    ['of no single machine', ['224.0.0.1', '255.255.255.255', 'ff02::1', '203.0.113.7', '2001:db8::1']],
    [
      'no addresses at all',
      [
        '',
        'localhost',
        '2130706433',
        '0x7f.1',
        '127.1',
        '1.2.3',
        '1.2.3.4.5',
        '256.1.1.1',
        ':::',
        '1::2::3',
        'g::1',
        '::1.2.3.400',
        '1:2:3:4:5:6:7',
      ],
    ],
  ])('are those that are %s', (_, addresses) => {
    expect(addresses.filter((address) => !isRefusedAddress(address))).toStrictEqual([]);
  });

  it('are not those of other machines on the network', () => {
    const open = [
      '1.1.1.1',
      '9.255.255.255',
      '11.0.0.0',
      '172.15.0.1',
      '172.32.0.1',
      '192.167.1.1',
      '223.5.5.5',
      '2400:3200::1',
      '2606:4700::1111',
    ];
    expect(open.filter(isRefusedAddress)).toStrictEqual([]);
  });
});
