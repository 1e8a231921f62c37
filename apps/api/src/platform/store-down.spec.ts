import { StoreUnavailable } from '@app/event-store';
import { QueryFailedError, QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { isDiskFull, isStoreDown } from './store-down';

const failing = (message: string, code?: string): Error => Object.assign(new Error(message), code === undefined ? {} : { code });
const queryFailing = (code: string): QueryFailedError => new QueryFailedError('select 1', [], failing('of the driver', code));

describe('A store that is down', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOSPC'])('is told from the socket or the disk: %s', (code) => {
    expect([isStoreDown(failing('x', code)), isStoreDown({ code, message: 'x' })]).toStrictEqual([true, true]);
  });
  it.each(['08006', '53100', '53300', '57P01', '57P03', '58030', '25006'])('is told from what the server says: %s', (code) => {
    expect([isStoreDown(failing('x', code)), isStoreDown(queryFailing(code))]).toStrictEqual([true, true]);
  });
  it('is told from what the client says', () => {
    for (const said of ['Connection terminated unexpectedly', 'timeout exceeded when trying to connect', 'Query read timeout']) {
      expect([said, isStoreDown(failing(said))]).toStrictEqual([said, true]);
    }
  });
  it.each(['40001', '40P01', '55P03'])('is told from another that was in the way, so that the same may be asked again: %s', (code) => {
    expect(isStoreDown(queryFailing(code))).toBe(true);
  });
  it('is told from a process that ends and has closed its connections already', () => {
    expect([
      isStoreDown(failing('Cannot use a pool after calling end on the pool')),
      isStoreDown(failing('Query runner already released.')),
    ]).toStrictEqual([true, true]);
  });
  it('is told from a connection that was lost between two statements of a transaction', () => {
    const lost = [new QueryRunnerAlreadyReleasedError(), new QueryRunnerProviderAlreadyReleasedError()];
    expect(lost.map((error) => isStoreDown(error))).toStrictEqual([true, true]);
  });
  it('is no excuse for a program that is wrong', () => {
    const wrong = [failing('x'), failing('x', 'ENOENT'), failing('x', '42601'), queryFailing('23505'), queryFailing('22021'), null, 'down'];
    expect(wrong.map(isStoreDown)).toStrictEqual(wrong.map(() => false));
  });
});

describe('A full disk', () => {
  it.each(['ENOSPC', 'EDQUOT', '53100'])('is told whoever noticed it, however deep it lies: %s', (code) => {
    const noticed = [failing('x', code), queryFailing(code), new StoreUnavailable('x', { cause: queryFailing(code) })];
    expect(noticed.map((error) => isDiskFull(error))).toStrictEqual([true, true, true]);
  });
  it('is none of the other troubles', () => {
    const others = [failing('x', 'ECONNREFUSED'), queryFailing('53300'), new StoreUnavailable('x'), null];
    expect(others.map((error) => isDiskFull(error))).toStrictEqual([false, false, false, false]);
  });
});
