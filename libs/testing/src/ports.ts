import { createServer, type AddressInfo } from 'node:net';

/** Listens on a free port until it is closed. */
export const occupyPort = (): Promise<Readonly<{ port: number; release: () => Promise<void> }>> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        release: () => new Promise((done) => server.close(() => done())),
      }),
    );
  });

/** A port that nobody listened on a moment ago. */
export const freePort = async (): Promise<number> => {
  const { port, release } = await occupyPort();
  await release();
  return port;
};
