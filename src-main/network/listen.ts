import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../src-shared/errors';

/**
 * Has a server listen, and returns the port.
 * @param option of the command line that chooses it
 * @throws AppError `port_in_use`.
 */
export async function listen(server: Server, host: string, port: number, option: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const failed = (error: Error) => reject(listenError(error, host, port, option));
    server.once('error', failed);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', failed);
      resolve();
    });
  });
  // A listening TCP server's address is never a string.
  return (server.address() as AddressInfo).port;
}

/** A host and port as they stand in a URL. */
export function authority(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number, option: string): AppError {
  if (error.code === 'EADDRINUSE' || error.code === 'EACCES') {
    const why = error.code === 'EACCES' ? 'is not allowed for this user' : 'is in use by another program';
    return new AppError('port_in_use', `Port ${port} on ${host} ${why}. Choose another with ${option}.`, {
      cause: error,
      remedy: 'fix_input',
      params: { port },
    });
  }
  return new AppError('internal', `Cannot listen on ${host}:${port}: ${error.message}`, { cause: error });
}
