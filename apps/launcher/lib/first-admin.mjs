import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Refusal } from './refusal.mjs';

const NAME = '系统管理员';
const COUNTY = '本县';

/**
 * Who the first administrator is: asked on the terminal, or taken from ADMIN_LOGIN and ADMIN_PASSWORD (and
 * ADMIN_NAME, ADMIN_COUNTY) where there is none. → { county, name, login, password }
 */
export const askFirstAdmin = async ({ env = process.env, input = process.stdin, output = process.stdout } = {}) => {
  if (env.ADMIN_LOGIN && env.ADMIN_PASSWORD) {
    return { county: env.ADMIN_COUNTY || COUNTY, name: env.ADMIN_NAME || NAME, login: env.ADMIN_LOGIN, password: env.ADMIN_PASSWORD };
  }
  if (!input.isTTY) {
    throw new Refusal(
      '没有终端可供输入首位管理员，请设置 ADMIN_LOGIN 和 ADMIN_PASSWORD。',
      'There is no terminal to ask for the first administrator: set ADMIN_LOGIN and ADMIN_PASSWORD.',
    );
  }
  let hidden = false;
  const screen = new Writable({ write: (chunk, _encoding, done) => (hidden ? done() : output.write(chunk, () => done())) });
  const terminal = createInterface({ input, output: screen, terminal: true });
  const interrupted = new AbortController();
  terminal.once('SIGINT', () => interrupted.abort());
  const ask = (question) => terminal.question(question, { signal: interrupted.signal });
  const askHidden = async (question) => {
    output.write(question);
    hidden = true;
    try {
      return await ask('');
    } finally {
      hidden = false;
      output.write('\n');
    }
  };
  try {
    output.write('\n首位管理员 · The first administrator\n');
    const county = (await ask(`  县（市、区） county [${COUNTY}]: `)).trim() || COUNTY;
    const name = (await ask(`  姓名 name [${NAME}]: `)).trim() || NAME;
    let login = '';
    while (login === '') login = (await ask('  登录名 login: ')).trim();
    for (;;) {
      const password = await askHidden('  密码 password: ');
      const again = await askHidden('  再输一次 once more: ');
      if (password !== '' && password === again) return { county, name, login, password };
      output.write('  两次输入不一致或为空 · the two differ or are empty\n');
    }
  } catch (error) {
    if (error.name === 'AbortError') throw new Refusal('已取消。', 'Cancelled.');
    throw error;
  } finally {
    terminal.close();
  }
};
