import type { z } from 'zod';
import type { ServiceName } from './operation.ts';

/** A fact that a service publishes to JetStream under `<prefix>.event.<service>.v1.<noun>.<verb>`. */
export interface EventDefinition<S extends z.ZodType = z.ZodType> {
  readonly service: ServiceName;
  readonly noun: string;
  /** Past tense. */
  readonly verb: string;
  readonly schema: S;
}

export type PayloadOf<E extends EventDefinition> = z.output<E['schema']>;

export function defineEvent<S extends z.ZodType>(definition: EventDefinition<S>): EventDefinition<S> {
  return definition;
}
