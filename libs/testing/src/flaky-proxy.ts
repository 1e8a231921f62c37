import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that can be cut, or swallow what the server answers, as networks do. */
export type FlakyProxy = Readonly<{
  /** The address of the server with the proxy in front. */
  url: string;
  /** Ends every connection and refuses new ones until `mend`. */
  cut: () => void;
  /** Requests still arrive; answers are lost and the connections stay half open until `mend`, which ends them. */
  swallowAnswers: () => void;
  /** The connections of this moment carry nothing any more in either direction and stay open; new ones work. */
  freeze: () => void;
  mend: () => void;
  close: () => Promise<void>;
}>;

export const flakyProxy = async (targetUrl: string): Promise<FlakyProxy> => {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  const frozen = new WeakSet<Socket>();
  let way: 'open' | 'cut' | 'swallow' = 'open';
  const endAll = (): void => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  const server = createServer((client) => {
    if (way === 'cut') return void client.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.setNoDelay(true);
    }
    client.on('data', (bytes) => {
      if (!frozen.has(client)) upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (way === 'open' && !frozen.has(client)) client.write(bytes);
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => {
      if (way !== 'swallow' && !frozen.has(client)) client.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(targetUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.toString(),
    cut: () => {
      way = 'cut';
      endAll();
    },
    swallowAnswers: () => {
      way = 'swallow';
    },
    freeze: () => {
      for (const socket of sockets) frozen.add(socket);
    },
    mend: () => {
      if (way === 'swallow') endAll();
      way = 'open';
    },
    close: async () => {
      endAll();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
