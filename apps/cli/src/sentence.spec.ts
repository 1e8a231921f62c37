import { sentenceFor } from './sentence';

const failing = (message: string, code?: string): Error => Object.assign(new Error(message), code === undefined ? {} : { code });

describe('A command that could not do its work', () => {
  it.each([
    ['a database that is not there', failing('x', 'ECONNREFUSED'), '数据库没有运行'],
    ['a database that goes away meanwhile', failing('Connection terminated unexpectedly'), 'may be run again'],
    ['a database that is being stopped', failing('terminating connection', '57P01'), 'may be run again'],
    ['a full disk', failing('x', '53100'), 'The disk is full'],
  ])('says in one sentence that it met %s', (_, error, said) => {
    expect(sentenceFor(error)).toContain(said);
  });

  it('keeps the stack of a fault of its own', () => {
    expect(sentenceFor(new TypeError('x is not a function'))).toBeNull();
  });
});
