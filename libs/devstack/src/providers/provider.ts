import type { Say } from '../output/progress.ts';
import type { ServerProgram } from './server-program.ts';

export interface ProviderContext {
  /** Folder that outlives the data: what was fetched once stays here. */
  readonly cache: string;
  readonly say: Say;
  /** Aborts when the person has had enough. */
  readonly signal: AbortSignal;
}

/** One way to come by a server program. */
export interface Provider {
  /** Whose format the data has: two engines never share a folder. */
  readonly engine: string;
  /** @throws {NotProvidedError} with the reason; the next provider is asked then. */
  provide(context: ProviderContext): Promise<ServerProgram>;
}

export class NotProvidedError extends Error {
  override readonly name = 'NotProvidedError';
}
