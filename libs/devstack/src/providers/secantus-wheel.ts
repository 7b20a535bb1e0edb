import path from 'node:path';
import { probeVersion } from './probe-version.ts';
import type { Provider } from './provider.ts';
import { provideFromWheel } from './python-environment.ts';
import { secantusArguments, secantusCaveat } from './secantus-arguments.ts';
import type { ServerProgram } from './server-program.ts';

export const secantusWheel: Provider = {
  engine: 'secantusd-py',
  provide: (context) => provideFromWheel({ name: 'SecantusDB', version: '~=0.7.0b3' }, context, program),
};

async function program(environment: string): Promise<ServerProgram> {
  const command = path.join(environment, 'bin', 'python');
  const version = await probeVersion(command, [
    '-c',
    'import secantus.server, importlib.metadata as m; print(m.version("SecantusDB"))',
  ]);
  return {
    provider: 'pypi',
    title: `SecantusDB ${version}`,
    caveat: secantusCaveat,
    command,
    argumentsFor: async (place) => ['-m', 'secantus', ...(await secantusArguments(place))],
  };
}
