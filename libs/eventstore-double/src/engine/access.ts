import type { Caller } from '../wire/caller';
import { parseAcl, type StreamAcl } from './stream-metadata';
import { ALL, isMetastream, isSystemStream, originalOf } from './stream-names';

export type Action = 'read' | 'write' | 'delete';

/** Everybody. */
const EVERYBODY = '$all';
const ADMINS = '$admins';

const to = (role: string): Required<StreamAcl> => ({ read: [role], write: [role], delete: [role], metaRead: [role], metaWrite: [role] });

/** What holds for streams that say nothing themselves. */
export type DefaultAcls = Readonly<{ user: StreamAcl; system: StreamAcl }>;
const BUILT_IN = { user: to(EVERYBODY), system: to(ADMINS) };
export const BUILT_IN_ACLS: DefaultAcls = BUILT_IN;

/** The defaults as somebody wrote them to $settings; what cannot be read counts as not written. */
export const parseDefaultAcls = (data: Uint8Array): DefaultAcls => {
  try {
    const raw: unknown = JSON.parse(Buffer.from(data).toString('utf8'));
    if (typeof raw !== 'object' || raw === null) return BUILT_IN_ACLS;
    return {
      user: '$userStreamAcl' in raw ? parseAcl(raw.$userStreamAcl) : BUILT_IN.user,
      system: '$systemStreamAcl' in raw ? parseAcl(raw.$systemStreamAcl) : BUILT_IN.system,
    };
  } catch {
    return BUILT_IN_ACLS;
  }
};

export const mayDoAnything = ({ groups }: Caller): boolean => groups.includes(ADMINS);

/** What is asked of which stream: a metadata stream stands under the list of the stream it describes. */
export const aclSubject = (action: Action, stream: string): Readonly<{ stream: string; right: keyof StreamAcl | null }> => {
  if (stream === ALL && action !== 'read') return { stream, right: null };
  if (!isMetastream(stream)) return { stream, right: action };
  const right = { read: 'metaRead', write: 'metaWrite', delete: null } as const;
  return { stream: originalOf(stream), right: right[action] };
};

/** Nobody writes to $all or deletes a metadata stream, administrators neither; strangers without a name may nothing. */
export const isAllowed = (
  caller: Caller,
  stream: string,
  right: keyof StreamAcl,
  own: StreamAcl | undefined,
  defaults: DefaultAcls,
): boolean => {
  if (mayDoAnything(caller)) return true;
  if (caller.user === null) return false;
  const kind = isSystemStream(stream) ? 'system' : 'user';
  const roles = own?.[right] ?? defaults[kind][right] ?? BUILT_IN[kind][right];
  return roles.some((role) => role === EVERYBODY || role === caller.user || caller.groups.includes(role));
};
