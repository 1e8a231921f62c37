import { accessSync, constants } from 'node:fs';
import { BlockList, isIP } from 'node:net';

/** An EventStoreDB or KurrentDB address as the client understands it, and what there is to say about it. */
export type EventStoreUrl = Readonly<{
  /** `esdb://` or `esdb+discover://`. May hold a password: never to be shown. */
  url: string;
  tls: boolean;
  /** A `tlsCaFile` stands in it. */
  namesCa: boolean;
  /** Plain text to another machine: events and passwords could be read on the way. */
  exposed: boolean;
}>;

/** Why an address cannot be used, Chinese and English; never a part of the address. */
export class UnusableUrl extends Error {
  constructor(
    readonly zh: string,
    readonly en: string,
  ) {
    super(en);
    this.name = 'UnusableUrl';
  }
}

const EXAMPLE = 'esdb://user:password@host:2113?tls=true';
const malformed = (): UnusableUrl => new UnusableUrl(`应为形如 ${EXAMPLE} 的地址`, `expected an address like ${EXAMPLE}`);
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');

/** How the client spells its options; it takes them in any case, with `-` or `_` between the words. */
const flat = (key: string): string => key.toLowerCase().replace(/[_-]/g, '');
const NUMBERS = new Set([
  'maxdiscoverattempts',
  'defaultdeadline',
  'discoveryinterval',
  'gossiptimeout',
  'keepaliveinterval',
  'keepalivetimeout',
]);
const FILES = new Set(['tlscafile', 'usercertfile', 'userkeyfile']);

const isReadable = (file: string): boolean => {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
};
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw malformed();
  }
};

const mustBe = (ok: boolean, zh: string, en: string): void => {
  if (!ok) throw new UnusableUrl(zh, en);
};

/** The client takes what it does not know with a warning that shows the whole address, password and all; so nothing of that kind gets there. */
const checkOption = (key: string, value: string): void => {
  if (NUMBERS.has(key)) return mustBe(/^-?\d+$/.test(value), '中的时间和次数应为整数', 'times and numbers in it must be whole numbers');
  if (FILES.has(key)) return mustBe(isReadable(decoded(value)), '中的文件应可读取', 'the files named in it must be readable');
  switch (key) {
    case 'tls':
      return mustBe(value === 'true' || value === 'false', '中的 tls 应为 true 或 false', 'tls in it must be true or false');
    case 'connectionname':
      return void decoded(value);
    case 'nodepreference':
      return mustBe(
        value.toLowerCase() === 'leader',
        '中的 nodePreference 只能是 leader：决定须依据最新状态',
        'nodePreference in it can only be leader: decisions rest on the newest state',
      );
    case 'tlsverifycert':
      return mustBe(
        value === 'true',
        '中的 tlsVerifyCert=false 无效：请用 tlsCaFile 或 EVENTSTORE_CA 指定证书',
        'tlsVerifyCert=false has no effect: name the authority by tlsCaFile or EVENTSTORE_CA',
      );
    case 'throwonappendfailure':
      return mustBe(value === 'true', '中的 throwOnAppendFailure 只能是 true', 'throwOnAppendFailure in it can only be true');
    default:
      throw new UnusableUrl(
        '中有不认识的参数；可用 tls、tlsCaFile、userCertFile、userKeyFile、connectionName、nodePreference、keepAliveInterval、keepAliveTimeout、defaultDeadline、gossipTimeout、discoveryInterval、maxDiscoverAttempts',
        'holds an unknown option; there are tls, tlsCaFile, userCertFile, userKeyFile, connectionName, nodePreference, keepAliveInterval, keepAliveTimeout, defaultDeadline, gossipTimeout, discoveryInterval, maxDiscoverAttempts',
      );
  }
};

const optionsOf = (query: string | undefined): ReadonlyMap<string, string> => {
  const options = new Map<string, string>();
  for (const part of query === undefined ? [] : query.split('&')) {
    const [, key, value] = /^([^=?&]+)=([^=?&][^?&]*)$/.exec(part) ?? [];
    if (key === undefined || value === undefined) throw malformed();
    checkOption(flat(key), value.trim());
    options.set(flat(key), value.trim());
  }
  mustBe(
    options.has('usercertfile') === options.has('userkeyfile'),
    '中的 userCertFile 与 userKeyFile 须同时设置',
    'userCertFile and userKeyFile belong together',
  );
  return options;
};

const hostOf = (text: string): string => {
  const [, host, port = '2113'] = /^([A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?::(\d{1,5}))?$/.exec(text.trim()) ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65535) throw malformed();
  return host;
};

const isHere = (host: string): boolean => host === 'localhost' || (isIP(host) === 4 && loopback.check(host));

/** A colon in it would be cut off, an `@` would end it: the client splits before it decodes. */
const checkCredentials = (credentials: string): void => {
  const [user = '', password = '', ...rest] = credentials.split(':');
  if (user === '' || password === '' || rest.length > 0 || /[@/?]/.test(credentials)) {
    throw new UnusableUrl(
      '中的用户名和密码应写作 user:password，其中的 : @ / 等符号用 %3A %40 %2F 代替',
      'must name user and password as user:password, with : @ / in them written as %3A %40 %2F',
    );
  }
  decoded(user);
  decoded(password);
};

/**
 * Reads `esdb://…`, `esdb+discover://…` and their newer spelling `kurrentdb://…`, `kurrentdb+discover://…`, with one host or several.
 * Errors: UnusableUrl.
 */
export const eventStoreUrl = (text: string): EventStoreUrl => {
  const [, discover, rest = ''] = /^(?:esdb|kurrentdb)(\+discover)?:\/\/([^\s]+)$/.exec(text.trim()) ?? [];
  const [, credentials, hosts = '', query] = /^(?:([^?]*)@)?([^@/?]+)\/?(?:\?(.*))?$/.exec(rest) ?? [];
  if (credentials !== undefined) checkCredentials(credentials);
  const names = hosts.split(',').map(hostOf);
  const options = optionsOf(query);
  const tls = options.get('tls') !== 'false';
  // The client asks the first alone where it discovers by name, and each where there are several: so several are always asked.
  const scheme = discover !== undefined && names.length === 1 ? 'esdb+discover' : 'esdb';
  return {
    url: `${scheme}://${credentials === undefined ? '' : `${credentials}@`}${hosts}${query === undefined ? '' : `?${query}`}`,
    tls,
    namesCa: options.has('tlscafile'),
    exposed: !tls && !names.every(isHere),
  };
};
