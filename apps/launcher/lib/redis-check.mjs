import net from 'node:net';
import tls from 'node:tls';
import { Refusal } from './refusal.mjs';

const WITHIN_MS = 5_000;
const away = () =>
  new Refusal('REDIS_URL 的 Redis 无法连接，或拒绝了密码。', 'The Redis of REDIS_URL cannot be reached, or refuses the password.');
const command = (...words) => `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;

/** What the server says of its memory, asked in its own protocol: the launcher has no client of it. */
const memoryInfo = (url) =>
  new Promise((resolve, reject) => {
    const { protocol, hostname, port, username, password } = new URL(url);
    const address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) };
    const socket = protocol === 'rediss:' ? tls.connect({ ...address, servername: address.host }) : net.connect(address);
    let text = '';
    const done = (error) => {
      socket.destroy();
      if (error) reject(away());
      else resolve(text);
    };
    socket.setTimeout(WITHIN_MS, () => done(true));
    socket.once('error', () => done(true));
    socket.once('close', () => done(true));
    socket.on('data', (chunk) => {
      text += chunk;
      if (/^-/m.test(text)) done(true);
      else if (/^maxmemory_policy:\S+\r\n/m.test(text)) done(null);
    });
    const [user, secret] = [username, password].map(decodeURIComponent);
    if (secret) socket.write(command('AUTH', ...(user ? [user] : []), secret));
    socket.write(command('INFO', 'memory'));
  });

/** Refuses a Redis of the operator's own that may throw away keys when memory runs short: alarms would vanish without a word. */
export const checkRedis = async (url) => {
  const [, policy] = /^maxmemory_policy:(\S+)/m.exec(await memoryInfo(url)) ?? [];
  if (policy === 'noeviction') return;
  throw new Refusal(
    `REDIS_URL 的 Redis 在内存不足时会丢弃数据（maxmemory-policy 为 ${policy}），请设为 noeviction 或换用其他 Redis。`,
    `The Redis of REDIS_URL may evict keys when memory runs short (maxmemory-policy is ${policy}): set it to noeviction or use another Redis.`,
  );
};
