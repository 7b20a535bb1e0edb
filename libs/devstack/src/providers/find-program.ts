import { existsSync } from 'node:fs';
import path from 'node:path';
import { LaunchError } from '../launch-error.ts';
import type { ServerKind } from '../servers/server-kind.ts';
import { NotProvidedError, type ProviderContext } from './provider.ts';
import type { ServerProgram } from './server-program.ts';

export interface FoundProgram {
  readonly program: ServerProgram;
  /** Where the data of its engine lies. */
  readonly folder: string;
}

/**
 * The first provider that works. A data folder that was written already stays with the engine that wrote it,
 * whatever else has become available since: another engine would start with an empty database beside it.
 *
 * @throws {LaunchError} when none works, with the reason of each and what to do.
 */
export async function findProgram(
  { name, providers, remedy }: Pick<ServerKind, 'name' | 'providers' | 'remedy'>,
  context: ProviderContext & { data: string },
): Promise<FoundProgram> {
  const written = providers.filter(({ engine }) => existsSync(path.join(context.data, engine)));
  const reasons: string[] = [];
  for (const provider of written.length > 0 ? written : providers) {
    try {
      return { program: await provider.provide(context), folder: path.join(context.data, provider.engine) };
    } catch (error) {
      if (!(error instanceof NotProvidedError)) throw error;
      reasons.push(error.message);
    }
  }
  const whose =
    written[0] === undefined ? '' : ` for the data in ${path.join(context.data, written[0].engine)}`;
  throw new LaunchError(`There is no ${name} server${whose}: ${reasons.join('; ')}. ${remedy}.`);
}
