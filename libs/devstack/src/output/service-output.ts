import { prettyFactory } from 'pino-pretty';

export interface ServiceOutput {
  /** Takes one line that a service wrote. */
  (line: string): void;
}

/**
 * Shows the lines of one service: on a terminal readable and with the service's name before them, otherwise
 * as they are, for programs (each names its service itself).
 *
 * @param width of the longest name.
 */
export function serviceOutput(name: string, width: number, out: NodeJS.WriteStream): ServiceOutput {
  if (!out.isTTY) return (line) => out.write(`${line}\n`);
  const pretty = prettyFactory({
    colorize: out.hasColors(),
    translateTime: 'SYS:HH:MM:ss.l',
    ignore: 'pid,hostname,name',
    singleLine: true,
  });
  const prefix = `${name.padEnd(width)} | `;
  return (line) => {
    for (const part of pretty(line).trimEnd().split('\n')) out.write(`${prefix}${part}\n`);
  };
}
