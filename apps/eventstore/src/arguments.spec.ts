import { optionsFrom } from './arguments';

const refusalOf = (args: readonly string[]): string => {
  try {
    return `taken: ${JSON.stringify(optionsFrom(args, {}))}`;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('The arguments of npm run eventstore', () => {
  it('are the usual port and memory when nothing is said', () => {
    expect(optionsFrom([], {})).toStrictEqual({ port: 2113, passwords: {} });
  });

  it('say port, address, database and certificates; the surroundings say passwords', () => {
    const env = { EVENTSTORE_ADMIN_PASSWORD: 'one', EVENTSTORE_OPS_PASSWORD: 'two' };
    const args = ['--port', '0', '--host=localhost', '--database', 'postgresql://a:b@db/x', '--tls', 'certs'];
    expect(optionsFrom(args, env)).toStrictEqual({
      port: 0,
      host: 'localhost',
      databaseUrl: 'postgresql://a:b@db/x',
      certDir: 'certs',
      passwords: { admin: 'one', ops: 'two' },
    });
  });

  it('take an empty password of the surroundings for none', () => {
    expect(optionsFrom([], { EVENTSTORE_ADMIN_PASSWORD: '', EVENTSTORE_OPS_PASSWORD: '' })).toMatchObject({ passwords: {} });
  });

  it.each([['--help'], ['-h']])('ask by %s how they are used', (arg) => {
    expect(optionsFrom([arg], {})).toBe('help');
  });

  it.each([
    ['an unknown one', ['--ports', '1'], 'Unknown or incomplete argument; usage: npm run eventstore'],
    ['one without its value', ['--port'], 'Unknown or incomplete argument; usage: npm run eventstore'],
    ['one with an empty value', ['--tls', ''], 'Unknown or incomplete argument; usage: npm run eventstore'],
    ['a word too many', ['2113'], 'Unknown or incomplete argument; usage: npm run eventstore'],
    ['no number for a port', ['--port', 'http'], '--port http: expected a whole number from 0 to 65535'],
    ['a port that cannot be', ['--port', '65536'], '--port 65536: expected a whole number from 0 to 65535'],
    ['another kind of database', ['--database', 'mysql://root:geheim@db/x'], '--database: expected an address like postgres://'],
    ['no address of a database', ['--database', 'geheim'], '--database: expected an address like postgres://'],
  ])('are refused in both languages with %s', (_, args, sentence) => {
    const refusal = refusalOf(args);
    expect(refusal).toContain(sentence);
    expect(refusal).toMatch(/[\u4e00-\u9fff].* · /);
    expect(refusal).not.toContain('geheim');
  });
});
