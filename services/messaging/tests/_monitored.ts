import type { mongo } from 'mongoose';

/** The same servers, asked by a driver that tells of each command that it sends. */
export function monitored(mongoUrl: string): string {
  const url = new URL(mongoUrl);
  url.pathname ||= '/';
  url.searchParams.set('monitorCommands', 'true');
  return url.href;
}

export type Command = mongo.CommandStartedEvent['command'];

/** The commands that a client, connected by a `monitored` URL, sends during some work. */
export async function commandsDuring(
  client: mongo.MongoClient,
  work: () => Promise<unknown>,
): Promise<Command[]> {
  const commands: Command[] = [];
  const listen = ({ command }: mongo.CommandStartedEvent) => void commands.push(command);
  client.on('commandStarted', listen);
  await work();
  client.off('commandStarted', listen);
  return commands;
}
