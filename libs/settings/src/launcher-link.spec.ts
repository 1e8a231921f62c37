import { EventEmitter } from 'node:events';
import { announceReady, stopWithLauncher, surviveFullLog } from './launcher-link';

const linkTo = (connected: boolean | undefined) => {
  const emitter = new EventEmitter();
  const exits: number[] = [];
  const sent: unknown[] = [];
  const link = Object.assign(emitter, {
    connected,
    exit: (code: number) => void exits.push(code),
    send: (message: unknown) => sent.push(message) > 0,
  });
  return { link: link as unknown as Parameters<typeof announceReady>[0] & EventEmitter, exits, sent };
};
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a process of the product', () => {
  it.each(['SIGTERM', 'SIGINT', 'disconnect'])('stops in order and once on %s', async (signal) => {
    const { link, exits } = linkTo(true);
    let stops = 0;
    stopWithLauncher(async () => void (stops += 1), link);
    link.emit(signal);
    link.emit('SIGTERM');
    await settled();
    expect({ stops, exits }).toStrictEqual({ stops: 1, exits: [0] });
  });

  it('ends with 1 when it could not stop in order', async () => {
    const { link, exits } = linkTo(true);
    stopWithLauncher(() => Promise.reject(new Error('no')), link);
    link.emit('SIGTERM');
    await settled();
    expect(exits).toStrictEqual([1]);
  });

  it('ends at once when its launcher went while it was starting', async () => {
    const { link, exits } = linkTo(false);
    stopWithLauncher(() => Promise.resolve(), link);
    await settled();
    expect(exits).toStrictEqual([0]);
  });

  it('tells the launcher when it is ready, and nobody when there is none', () => {
    const launched = linkTo(true);
    announceReady(launched.link);
    const alone = linkTo(undefined);
    announceReady(alone.link);
    expect([launched.sent, alone.sent]).toStrictEqual([[{ type: 'ready' }], []]);
  });

  it('goes on when its log cannot be written', () => {
    const output = new EventEmitter();
    surviveFullLog([output as unknown as NodeJS.WriteStream]);
    expect(output.emit('error', Object.assign(new Error('no space left'), { code: 'ENOSPC' }))).toBe(true);
  });
});
