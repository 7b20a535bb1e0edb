import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';

export type ServiceName = 'users' | 'messaging';

/** Who asks over NATS: the name of a connection, and of its user where NATS knows users. */
export type CallerName = ServiceName | 'gateway' | 'operator';

/**
 * One question that a service answers over NATS. Defined once, it gives the subject, the types and the
 * validation at both ends.
 */
export interface Operation<Req extends z.ZodType = z.ZodType, Res extends z.ZodType = z.ZodType> {
  readonly service: ServiceName;
  /** Kebab-case verb-noun; also the name of the handler's file. */
  readonly name: string;
  readonly request: Req;
  readonly response: Res;
  /** The longest that one attempt may take, in milliseconds; a caller's nearer deadline wins. */
  readonly timeoutMs: number;
  /** `write` tells the caller that an unanswered attempt may have happened (`outcome_unknown`). */
  readonly effect: 'read' | 'write';
  /** Who may ask; NATS refuses everybody else where its users have the permissions that we give them. */
  readonly callers: readonly CallerName[];
  /** Whether an attempt with an unknown outcome may be repeated without doing anything twice. */
  repeatable(request: z.output<Req>): boolean;
  /**
   * What requests have in common that one process serves at less cost than several do; undefined where there is nothing
   * of the kind. It is a hint to whoever chooses the process: any of them may get any request.
   */
  affinity?(request: z.input<Req>): string | undefined;
  /** The codes that the operation itself answers with, beside those that any operation may. */
  readonly errors: readonly ErrorCode[];
}

export type RequestOf<O extends Operation> = z.input<O['request']>;
export type ParsedRequestOf<O extends Operation> = z.output<O['request']>;
export type ResponseOf<O extends Operation> = z.output<O['response']>;

interface OperationDefinition<Req extends z.ZodType, Res extends z.ZodType> {
  service: ServiceName;
  name: string;
  request: Req;
  response: Res;
  timeoutMs?: number;
  effect?: 'read' | 'write';
  callers?: readonly CallerName[];
  repeatable?(request: z.output<Req>): boolean;
  affinity?(request: z.input<Req>): string | undefined;
  errors?: readonly ErrorCode[];
}

/**
 * Reads are repeatable and time out after 2 s, writes are not and do after 4 s, and the gateway asks, unless the
 * definition says otherwise.
 */
export function defineOperation<Req extends z.ZodType, Res extends z.ZodType>(
  definition: OperationDefinition<Req, Res>,
): Operation<Req, Res> {
  const effect = definition.effect ?? 'read';
  return {
    timeoutMs: effect === 'read' ? 2_000 : 4_000,
    repeatable: () => effect === 'read',
    callers: ['gateway'],
    errors: [],
    ...definition,
    effect,
  };
}
