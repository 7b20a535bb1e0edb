import { LaunchError } from '../launch-error.ts';
import type { RunningServer } from './running-server.ts';
import type { ServerKind } from './server-kind.ts';

/** @throws {LaunchError} when the server that the person named is not there. */
export async function useGivenServer(kind: ServerKind, url: string): Promise<RunningServer> {
  try {
    return { url, provider: 'given', title: await kind.check(url) };
  } catch (error) {
    throw new LaunchError(
      `${kind.variable} is set, but does not work: ${(error as Error).message}. Start that server, or unset ${kind.variable} to have one started here.`,
    );
  }
}
