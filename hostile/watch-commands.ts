import mongoose from 'mongoose';
import { structureMark } from './hostile-values.ts';
import { textMark } from './naughty-strings.ts';

const { BSON } = mongoose.mongo;

/** The same servers, asked by a driver that tells of each command that it sends. */
export function monitored(mongoUrl: string): string {
  const url = new URL(mongoUrl);
  url.pathname ||= '/';
  url.searchParams.set('monitorCommands', 'true');
  return url.href;
}

/** Operators whose operand is a program or a pattern: no place for what a user wrote. */
const programs = new Set(['$where', '$function', '$accumulator', '$expr', '$regex', '$regularExpression']);

/** What the drivers of this process send. */
export interface WatchedCommands {
  count: number;
  readonly faults: string[];
}

/** Looks at every command of the connections that this process has by now: `monitored` ones. */
export function watchCommands(): WatchedCommands {
  const watched: WatchedCommands = { count: 0, faults: [] };
  for (const connection of mongoose.connections) {
    if (connection.readyState !== mongoose.ConnectionStates.connected) continue;
    connection.getClient().on('commandStarted', ({ command, commandName }) => {
      watched.count += 1;
      watched.faults.push(...faultsIn(asSent(command), false).map((fault) => `${commandName}: ${fault}`));
    });
  }
  return watched;
}

/** A command as the server gets it: until then it holds documents of Mongoose's, whose insides lead back to themselves. */
export function asSent(command: object): object {
  return BSON.deserialize(BSON.serialize(command));
}

/** What of a command a user made, but for texts that are values. */
export function faultsIn(value: unknown, inProgram: boolean): string[] {
  if (typeof value === 'string') return faultsInText(value, inProgram);
  if (value instanceof RegExp) return faultsInText(value.source, true);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name.includes(textMark) || name.includes(structureMark) ? [`a name that a user made: ${name}`] : []),
    ...faultsIn(inner, inProgram || programs.has(name)),
  ]);
}

function faultsInText(text: string, inProgram: boolean): string[] {
  if (text.includes(structureMark)) return [`what a user put into a structure: ${text.slice(0, 200)}`];
  return inProgram && text.includes(textMark) ? [`a text in a program: ${text.slice(0, 200)}`] : [];
}
