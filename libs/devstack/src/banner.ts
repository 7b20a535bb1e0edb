import { readFileSync } from 'node:fs';
import type { RegistrationPolicy } from '@natter/contracts';
import { demoPassword, demoUsers } from './demo-users.ts';
import type { RunningServer } from './servers/running-server.ts';

export interface BannerFacts {
  readonly gateways: readonly string[];
  readonly nats: RunningServer;
  readonly mongo: RunningServer;
  readonly dataFolder: string;
  readonly demo: boolean;
  /** Whether the gateways take HTTP Basic. */
  readonly basic: boolean;
  readonly registration: RegistrationPolicy;
  readonly startedInMs: number;
}

/** What a person needs to know when everything runs, and what to try first. */
export function banner(facts: BannerFacts): string {
  const { gateways, dataFolder, demo, basic, registration, startedInMs } = facts;
  const first = gateways[0]!;
  return `
Natter ${version()} is ready after ${(startedInMs / 1_000).toFixed(1)} s, on Node ${process.versions.node}.

  Gateway  ${gateways.join('  ')}
  Docs     ${first}/docs
  NATS     ${describe(facts.nats)}
  MongoDB  ${describe(facts.mongo)}
  Data     ${dataFolder}
  Accounts ${whoMayRegister[registration]}

${demo ? demoUsersOf(first, basic) : `There are no demo users. ${firstUser(registration, first)}`}

Ctrl-C stops everything; the data stays.
`;
}

const whoMayRegister: Readonly<Record<RegistrationPolicy, string>> = {
  open: 'registration is open: whoever reaches the gateways above can make one',
  invite: 'registration is by invite',
  closed: 'registration is closed: the operator adds users',
};

const origins: Readonly<Record<RunningServer['provider'], string>> = {
  given: 'as its URL was given',
  path: 'found on PATH',
  'mongodb-memory-server': 'downloaded',
  pypi: 'from PyPI',
};

function describe({ title, provider, caveat }: RunningServer): string {
  return `${title}, ${origins[provider]}${caveat === undefined ? '' : `, ${caveat}`}`;
}

function demoUsersOf(url: string, basic: boolean): string {
  return `The demo users ${demoUsers.join(', ')} have the password ${demoPassword}. ${basic ? withPassword(url) : withSession(url)}`;
}

function withPassword(url: string): string {
  const [alice, bob] = demoUsers.map((name) => `${name}:${demoPassword}`);
  return `Try, in another terminal, with HTTPie:

  http -a ${alice} GET  ${url}/api/users/
  http -a ${alice} POST ${url}/api/conversations/bob/ content="hello"
  http -a ${bob} GET  ${url}/api/conversations/alice/

and with curl, to hear of what happens to bob as it happens:

  curl -N -u ${bob} ${url}/api/events`;
}

function withSession(url: string): string {
  return `HTTP Basic opens nothing here, as the settings have it. Log in, and go
on with the token, in another terminal, with HTTPie:

  http POST ${url}/api/v1/sessions username=${demoUsers[0]} password=${demoPassword}
  http -A bearer -a "$TOKEN" GET ${url}/api/v1/users/me`;
}

function firstUser(registration: RegistrationPolicy, url: string): string {
  if (registration === 'open') {
    return `This makes a user:\n\n  http POST ${url}/api/users/ username=... password=...`;
  }
  const add = '  npm run natter -- users add <name>';
  if (registration === 'closed') return `This makes a user:\n\n${add}`;
  return `These make a user, or an invite for one:\n\n${add}\n  npm run natter -- users invite`;
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}
