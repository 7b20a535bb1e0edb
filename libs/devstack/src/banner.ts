import { readFileSync } from 'node:fs';
import { demoPassword, demoUsers } from './demo-users.ts';
import type { RunningServer } from './servers/running-server.ts';

export interface BannerFacts {
  readonly gateways: readonly string[];
  readonly nats: RunningServer;
  readonly mongo: RunningServer;
  readonly dataFolder: string;
  readonly demo: boolean;
  readonly startedInMs: number;
}

/** What a person needs to know when everything runs, and what to try first. */
export function banner(facts: BannerFacts): string {
  const { gateways, dataFolder, demo, startedInMs } = facts;
  const first = gateways[0]!;
  return `
Natter ${version()} is ready after ${(startedInMs / 1_000).toFixed(1)} s, on Node ${process.versions.node}.

  Gateway  ${gateways.join('  ')}
  Docs     ${first}/docs
  NATS     ${describe(facts.nats)}
  MongoDB  ${describe(facts.mongo)}
  Data     ${dataFolder}

${demo ? demoCommands(first) : registerCommand(first)}

Ctrl-C stops everything; the data stays.
`;
}

const origins: Readonly<Record<RunningServer['provider'], string>> = {
  given: 'as its URL was given',
  path: 'found on PATH',
  'mongodb-memory-server': 'downloaded',
  pypi: 'from PyPI',
};

function describe({ title, provider, caveat }: RunningServer): string {
  return `${title}, ${origins[provider]}${caveat === undefined ? '' : `, ${caveat}`}`;
}

function demoCommands(url: string): string {
  const [alice, bob] = demoUsers.map((name) => `${name}:${demoPassword}`);
  return `The demo users ${demoUsers.join(', ')} have the password ${demoPassword}. Try, in another terminal, with HTTPie:

  http -a ${alice} GET  ${url}/api/users/
  http -a ${alice} POST ${url}/api/conversations/bob/ content="hello"
  http -a ${bob} GET  ${url}/api/conversations/alice/

or with curl:

  curl -u ${alice} ${url}/api/users/`;
}

function registerCommand(url: string): string {
  return `There are no demo users. Where registration is open, this makes a user:

  http POST ${url}/api/users/ username=... password=...`;
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}
