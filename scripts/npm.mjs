import path from 'node:path';
import { root } from './node-version.mjs';
import { runChild } from './run-child.mjs';

/** Keeps an empty package cache from looking like a program that hangs. */
const stillAtItMs = 10_000;

const noNetwork =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT/;

/** Runs npm in the repository, showing how long it takes; ends this process where it fails or is stopped. */
export async function npm(what, args) {
  const started = performance.now();
  const seconds = () => `${Math.round((performance.now() - started) / 1_000)} s`;
  console.log(`${what} (npm ${args.join(' ')}) …`);
  const timer = setInterval(() => console.log(`  … still at it after ${seconds()}`), stillAtItMs);
  const { code, output } = await runNpm(args, 'inherit').finally(() => clearInterval(timer));
  if (code === 0) console.log(`  done in ${seconds()}`);
  else if (noNetwork.test(output)) failWithoutNetwork();
  else fail(`"npm ${args.join(' ')}" ended with exit code ${code} for the reason above. Repair that`);
}

/** "npm ci" without a network takes minutes to say so; a ping takes seconds. */
export async function requireRegistry() {
  const { code, output } = await runNpm(['ping', '--fetch-retries=0', '--fetch-timeout=10000'], 'ignore');
  if (code !== 0 && noNetwork.test(output)) failWithoutNetwork();
}

async function runNpm(args, stdout) {
  const quiet = stdout === 'ignore';
  // npm's warnings would be that this Node is too old for packages which will run on Node 24.
  const run = await runChild('npm', [...args, '--loglevel=error'], {
    cwd: root,
    env: environmentWithoutLocalBin(),
    stdio: ['ignore', stdout, 'pipe'],
    quiet,
    // Told to stop, npm would first finish what it does, for half a minute.
    detached: true,
  });
  if (run.signalled) process.exit(0);
  return run;
}

/** npm replaces the Node 24 of node_modules, so it must not run on it: it runs on the machine's own. */
function environmentWithoutLocalBin() {
  const kept = (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => !folder.endsWith(path.join('node_modules', '.bin')));
  return { ...process.env, PATH: kept.join(path.delimiter) };
}

function failWithoutNetwork() {
  fail(
    `the npm registry can't be reached. Connect to the network, or set a registry or proxy with "npm config set"`,
  );
}

function fail(reason) {
  console.error(`Natter could not be installed: ${reason}, then run the same command again.`);
  process.exit(1);
}
