import type { Caller } from '../wire/caller';
import { aclSubject, BUILT_IN_ACLS, isAllowed, parseDefaultAcls } from './access';

const ADMIN: Caller = { user: 'admin', groups: ['$admins'] };
const OPS: Caller = { user: 'ops', groups: ['$ops'] };
const NOBODY: Caller = { user: null, groups: [] };

describe('Access to a stream', () => {
  it('is for everybody with a name, of system streams for administrators alone', () => {
    const may = (caller: Caller, stream: string): boolean => isAllowed(caller, stream, 'read', undefined, BUILT_IN_ACLS);
    expect([may(OPS, 'issue-1'), may(NOBODY, 'issue-1'), may(OPS, '$all'), may(ADMIN, '$all')]).toStrictEqual([true, false, false, true]);
  });

  it('goes by names and groups where the stream says so, and administrators may all', () => {
    const may = (caller: Caller, role: string): boolean => isAllowed(caller, 's', 'write', { write: [role] }, BUILT_IN_ACLS);
    expect([may(OPS, 'ops'), may(OPS, '$ops'), may(OPS, 'somebody'), may(OPS, '$all')]).toStrictEqual([true, true, false, true]);
    expect(may(ADMIN, 'somebody')).toBe(true);
    expect(isAllowed(OPS, 's', 'write', { write: [] }, BUILT_IN_ACLS)).toBe(false);
    expect(isAllowed(OPS, 's', 'read', { write: ['somebody'] }, BUILT_IN_ACLS)).toBe(true);
  });

  it('goes by the settings of the server where the stream says nothing', () => {
    const settings = parseDefaultAcls(Buffer.from(JSON.stringify({ $userStreamAcl: { $w: ['$ops'] }, $systemStreamAcl: { $r: '$all' } })));
    const other: Caller = { user: 'other', groups: [] };
    expect(isAllowed(other, 's', 'write', undefined, settings)).toBe(false);
    expect(isAllowed(other, 's', 'read', undefined, settings)).toBe(true);
    expect(isAllowed(other, '$sys', 'read', undefined, settings)).toBe(true);
    expect(isAllowed(other, '$sys', 'write', undefined, settings)).toBe(false);
    expect(parseDefaultAcls(Buffer.from('no'))).toStrictEqual(BUILT_IN_ACLS);
  });

  it('to metadata stands under the stream it describes, and neither it nor $all is deleted or $all written', () => {
    expect(aclSubject('read', '$$issue-1')).toStrictEqual({ stream: 'issue-1', right: 'metaRead' });
    expect(aclSubject('write', '$$issue-1')).toStrictEqual({ stream: 'issue-1', right: 'metaWrite' });
    expect(aclSubject('delete', '$$issue-1').right).toBe(null);
    expect(aclSubject('write', '$all').right).toBe(null);
    expect(aclSubject('delete', '$all').right).toBe(null);
    expect(aclSubject('read', '$all')).toStrictEqual({ stream: '$all', right: 'read' });
  });
});
