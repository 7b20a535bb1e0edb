import { LaunchError } from '../launch-error.ts';
import { freePorts, tryToListen } from './ports.ts';

/**
 * The ports of the gateways: `first` and those after it, or free ones where `first` is 0.
 *
 * @throws {LaunchError} when one of them can't be had.
 */
export async function gatewayPorts(first: number, count: number, host: string): Promise<number[]> {
  if (first === 0) return freePorts(count);
  const ports = Array.from({ length: count }, (_, index) => first + index);
  for (const port of ports) {
    await tryToListen(port, host).catch((error: NodeJS.ErrnoException) => {
      throw new LaunchError(explain(error, port, host));
    });
  }
  return ports;
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} of ${host} is taken by another program. Stop that one, or choose another port: PORT=${port + 10} npm start`;
  }
  if (error.code === 'EACCES') {
    return `Port ${port} needs rights that you do not have here. Choose one above 1023: PORT=8000 npm start`;
  }
  return `Nothing can listen on port ${port} of ${host} (${error.code ?? error.message}). Set HOST to an address of this machine, and PORT to 1 to 65535.`;
}
