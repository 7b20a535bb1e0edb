import type { z } from 'zod';
import type { CallerName, ServiceName } from './operation.ts';

/**
 * Something that is told to every process that listens, at once, under `<prefix>.push.<service>.v1.<noun>.<verb>`.
 * Nothing keeps it: who was not connected reads what it missed where the truth is.
 */
export interface PushDefinition<S extends z.ZodType = z.ZodType> {
  readonly service: ServiceName;
  readonly noun: string;
  /** Past tense. */
  readonly verb: string;
  readonly schema: S;
  /** Who may listen. */
  readonly listeners: readonly CallerName[];
}

export type PushedBy<P extends PushDefinition> = z.output<P['schema']>;

export function definePush<S extends z.ZodType>(definition: PushDefinition<S>): PushDefinition<S> {
  return definition;
}
