import { mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { tryToConnect } from '../network/ports.ts';
import { type ProcessWatcher, SupervisedProcess } from '../processes/supervised-process.ts';
import type { FoundProgram } from '../providers/find-program.ts';
import { poll } from './poll.ts';
import type { RunningServer } from './running-server.ts';
import type { ServerKind } from './server-kind.ts';

/** A database that was killed reads its log first. */
const answersWithinMs = 30_000;

export interface EmbeddedServerOptions {
  readonly port: number;
  /** Takes what the server says. */
  readonly logFile: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly watcher: ProcessWatcher;
}

export type EmbeddedServer = RunningServer & { readonly process: SupervisedProcess };

/** Makes everything ready for a server on loopback; its process is still to be started. */
export async function prepareEmbeddedServer(
  kind: ServerKind,
  { program, folder }: FoundProgram,
  { port, logFile, environment, watcher }: EmbeddedServerOptions,
): Promise<EmbeddedServer> {
  const args = await program.argumentsFor({ port, folder });
  mkdirSync(path.dirname(logFile), { recursive: true });
  const definition = { name: kind.name, command: program.command, args, environment };
  const process = new SupervisedProcess({ ...definition, output: openSync(logFile, 'w') }, watcher);
  const { provider, title, caveat } = program;
  return { url: kind.urlOf(port), provider, title, caveat, process };
}

/** Resolves when the server speaks, and serves. One that is not ours was asked when it was found. */
export async function untilServerAnswers(
  kind: ServerKind,
  { url, process }: RunningServer,
  signal: AbortSignal,
): Promise<void> {
  if (process === undefined) return;
  const options = { withinMs: answersWithinMs, signal };
  await poll(() => tryToConnect(Number(new URL(url).port)), options);
  await poll(async () => kind.prepare?.(url, new URL(url).host), options);
  await poll(() => kind.check(url), options);
}
