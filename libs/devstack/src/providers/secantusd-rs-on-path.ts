import { probeVersion } from './probe-version.ts';
import type { Provider } from './provider.ts';
import { secantusArguments, secantusCaveat } from './secantus-arguments.ts';

const command = 'secantusd-rs';

/** SecantusDB's faster server. */
export const secantusdRsOnPath: Provider = {
  engine: command,
  async provide() {
    const title = `SecantusDB ${await probeVersion(command, ['--version'])} (${command})`;
    return { provider: 'path', title, caveat: secantusCaveat, command, argumentsFor: secantusArguments };
  },
};
