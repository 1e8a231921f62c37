import { QueryFailedError } from 'typeorm';
import { isStoreDown } from './store-down';

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
  it('is no excuse for a program that is wrong', () => {
    const wrong = [failing('x'), failing('x', 'ENOENT'), failing('x', '42601'), queryFailing('23505'), queryFailing('22021'), null, 'down'];
    expect(wrong.map(isStoreDown)).toStrictEqual(wrong.map(() => false));
  });
});
