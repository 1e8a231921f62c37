import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { waitUntil } from '@app/testing';
import { faultyProxy, type FaultyProxy } from './faulty-proxy';

type Line = Readonly<{ socket: Socket; heard: () => string; closed: () => boolean }>;

const open = (port: number): Line => {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  let closed = false;
  socket.on('data', (bytes) => (heard += bytes.toString()));
  socket.on('error', () => undefined);
  socket.on('close', () => (closed = true));
  return { socket, heard: () => heard, closed: () => closed };
};

describe('A way that fails as networks do', () => {
  let echo: Server;
  let proxy: FaultyProxy;
  let received: string;
  const lines: Line[] = [];
  const line = (): Line => {
    const one = open(proxy.port);
    lines.push(one);
    return one;
  };
  const talking = async (): Promise<Line> => {
    const one = line();
    one.socket.write('hello');
    await waitUntil(() => one.heard() === 'hello');
    return one;
  };

  beforeEach(async () => {
    received = '';
    echo = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        received += bytes.toString();
        socket.write(bytes);
      });
    });
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    proxy = await faultyProxy((echo.address() as AddressInfo).port);
  });
  afterEach(async () => {
    for (const { socket } of lines.splice(0)) socket.destroy();
    await proxy.close();
    await new Promise<void>((resolve) => echo.close(() => resolve()));
  });

  it('passes what is said, both ways', async () => {
    const one = await talking();
    expect([one.heard(), received, proxy.connections(), proxy.passed('both')]).toStrictEqual(['hello', 'hello', 1, 10]);
  });

  it('cuts what is open and takes what is new', async () => {
    const one = await talking();
    proxy.cut();
    await waitUntil(() => one.closed());
    expect((await talking()).heard()).toBe('hello');
  });

  it.each(['requests', 'answers'] as const)('tears the %s after a number of bytes', async (direction) => {
    const one = await talking();
    proxy.cutAfter(3, direction);
    one.socket.write('goodbye');
    await waitUntil(() => one.closed());
    await waitUntil(() => proxy.connections() === 0);
    expect(proxy.passed(direction)).toBe(8);
    if (direction === 'answers') expect([one.heard(), received]).toStrictEqual(['hellogoo', 'hellogoodbye']);
    else await waitUntil(() => received === 'hellogoo');
  });

  it('swallows answers without closing, and lets them through late', async () => {
    const one = await talking();
    proxy.stall('answers');
    one.socket.write(' again');
    await waitUntil(() => received === 'hello again');
    expect([one.heard(), one.closed()]).toStrictEqual(['hello', false]);
    proxy.mend();
    await waitUntil(() => one.heard() === 'hello again');
  });

  it('swallows requests of new connections too', async () => {
    const one = await talking();
    proxy.stall();
    const two = line();
    two.socket.write('two');
    one.socket.write('one');
    await waitUntil(() => proxy.connections() === 2);
    expect(received).toBe('hello');
    proxy.mend();
    await waitUntil(() => two.heard() === 'two' && one.heard() === 'helloone');
  });

  it('leaves a caller that went away unnoticed while it is stalled', async () => {
    const one = await talking();
    proxy.stall();
    one.socket.destroy();
    await waitUntil(() => one.closed());
    expect(proxy.connections()).toBe(1);
    proxy.mend();
    await waitUntil(() => proxy.connections() === 0);
  });

  it('refuses new connections and keeps the old', async () => {
    const one = await talking();
    proxy.refuse();
    const two = line();
    await waitUntil(() => two.closed());
    one.socket.write('!');
    await waitUntil(() => one.heard() === 'hello!');
    proxy.mend();
    expect((await talking()).heard()).toBe('hello');
  });

  it('delays without turning the order round', async () => {
    const one = await talking();
    proxy.delay(30);
    one.socket.write('a');
    await waitUntil(() => received === 'helloa');
    proxy.delay(1);
    one.socket.write('b');
    await waitUntil(() => one.heard().length === 7);
    expect(one.heard()).toBe('helloab');
  });
});
