import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { Command } from 'commander';
import { benchGateway } from './gateway.ts';
import { benchGrowth } from './growth.ts';
import { benchLive } from './live.ts';
import { benchLogin } from './login.ts';
import { benchLoginFlood } from './login-flood.ts';
import { benchPage } from './page.ts';
import { benchReplicas } from './replicas.ts';
import { benchRevocation } from './revocation.ts';
import { benchSend } from './send.ts';

const benchmarks: Readonly<Record<string, () => Promise<void>>> = {
  gateway: benchGateway,
  send: benchSend,
  page: benchPage,
  replicas: benchReplicas,
  growth: benchGrowth,
  live: benchLive,
  login: benchLogin,
  'login-flood': benchLoginFlood,
  revocation: benchRevocation,
};

const names = Object.keys(benchmarks);

const { args } = new Command('npm run bench --')
  .description('Measures Natter against what it is made of: see bench/README.md')
  .argument('[names...]', `of ${names.join(', ')}; all of them by default`)
  .parse();

const unknown = args.filter((name) => !names.includes(name));
if (unknown.length > 0)
  throw new Error(`There is no benchmark ${unknown.join(', ')}; there are ${names.join(', ')}.`);

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
console.log(`Commit ${commit}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`);
for (const name of args.length > 0 ? args : names) await benchmarks[name]?.();
