import type { z } from 'zod';
import type { CallerName, ServiceName } from './operation.ts';

/**
 * Something that is told to every process that listens, at once, under `<prefix>.push.<service>.v1.<noun>.<verb>`
 * and, where it is addressed, its address.
 * Nothing keeps it: who was not connected reads what it missed where the truth is.
 */
export interface PushDefinition<S extends z.ZodType = z.ZodType> {
  readonly service: ServiceName;
  readonly noun: string;
  /** Past tense. */
  readonly verb: string;
  /**
   * Whether each is told under one more token, the id of what it is about, so that a process hears only of what it
   * listens for.
   */
  readonly addressed?: true;
  readonly schema: S;
  /** Who may listen. */
  readonly listeners: readonly CallerName[];
}

export type PushedBy<P extends PushDefinition> = z.output<P['schema']>;

export function definePush<S extends z.ZodType>(definition: PushDefinition<S>): PushDefinition<S> {
  return definition;
}
