import { createServer, type AddressInfo, type Socket } from 'node:net';
import { DoubleRefused } from './double-refused';

/** A port with all connections that came in by it. */
export type Listener = Readonly<{
  port: number;
  connections: () => number;
  /** Destroys every connection at once. */
  cut: () => void;
  /** Takes no more connections; resolves when the last one has gone. */
  stop: () => Promise<void>;
}>;

const refusalFor = (error: NodeJS.ErrnoException, host: string, port: number): Error => {
  switch (error.code) {
    case 'EADDRINUSE':
      return new DoubleRefused(`端口 ${port} 已被占用。`, `Port ${port} is in use.`, { cause: error });
    case 'EACCES':
      return new DoubleRefused(`没有权限使用端口 ${port}。`, `No permission to listen on port ${port}.`, { cause: error });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new DoubleRefused(`${host} 不是本机地址。`, `${host} is not an address of this machine.`, { cause: error });
    default:
      return error;
  }
};

/** Listens and hands each connection on. Errors: DoubleRefused when the port cannot be had. */
export const listen = async (
  { host, port }: Readonly<{ host: string; port: number }>,
  onConnection: (socket: Socket) => void,
): Promise<Listener> => {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(refusalFor(error, host, port)));
    server.listen({ host, port }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => sockets.size,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
