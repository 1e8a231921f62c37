import { createHash, timingSafeEqual } from 'node:crypto';
import type { Metadata } from '@grpc/grpc-js';
import type { Authenticate, Caller } from '../wire/caller';

export const DEFAULT_PASSWORD = 'changeit';

export type Passwords = Readonly<{ admin: string; ops: string }>;

const ADMIN: Caller = { user: 'admin', groups: ['$admins'] };
const OPS: Caller = { user: 'ops', groups: ['$ops'] };
const ANONYMOUS: Caller = { user: null, groups: [] };
const BASIC = /^Basic +([A-Za-z0-9+/]+={0,2})$/i;

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/** Hashes are compared: they have one length, and how long the comparison takes tells nothing of the password. */
const same = (given: Buffer, wanted: Buffer): boolean => timingSafeEqual(given, wanted);

/** What an insecure server does: it knows no users and trusts everybody. */
export const everybodyIsAdmin: Authenticate = () => ADMIN;

/** Basic authentication of the two users that a new server has. */
export const authenticatorFor = (passwords: Passwords): Authenticate => {
  const known = [
    { caller: ADMIN, password: digest(passwords.admin) },
    { caller: OPS, password: digest(passwords.ops) },
  ];
  return (metadata: Metadata) => {
    const [given] = metadata.get('authorization');
    if (given === undefined) return ANONYMOUS;
    const encoded = BASIC.exec(given.toString())?.[1];
    const [, user, password] = /^([^:]*):([^]*)$/.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? [];
    if (user === undefined || password === undefined) return null;
    const hash = digest(password);
    // Each is compared, whoever asks.
    const matching = known.filter((one) => same(hash, one.password));
    return matching.find(({ caller }) => caller.user === user)?.caller ?? null;
  };
};
