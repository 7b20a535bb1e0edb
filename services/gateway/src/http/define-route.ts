import type { ServerResponse } from 'node:http';
import type { ErrorCode } from '@natter/contracts';
import type { z } from 'zod';
import type { Caller } from '../auth/authenticate.ts';
import type { RequestContext } from './request-context.ts';

/** `user` asks for credentials, `open` for none. */
export type Access = 'open' | 'user';

export interface Answer {
  description: string;
  /** Of the body; without it the answer has none. */
  schema?: z.ZodType;
  /** Of a stream, which is what the answer then is; `schema` says what its text is. */
  mediaType?: string;
  /** A body for the document. */
  example?: unknown;
  /** Their names and what they say. */
  headers?: Readonly<Record<string, string>>;
}

type Answers = Readonly<Record<number, Answer>>;

/** What writes an answer that has no end of its own. */
export interface StreamReply {
  mediaType: string;
  /** Called once, before anything is written. Must not throw. */
  begin(response: ServerResponse): void;
}

type BodyOf<A extends Answer> = A extends { mediaType: string }
  ? { stream: StreamReply; body?: undefined }
  : A extends { schema: infer S extends z.ZodType }
    ? { body: z.input<S>; stream?: undefined }
    : { body?: undefined; stream?: undefined };

type ReplyOf<R extends Answers> = {
  [Status in keyof R & number]: BodyOf<R[Status]> & {
    status: Status;
    headers?: Readonly<Record<string, string>>;
  };
}[keyof R & number];

interface RouteInput<A extends Access, Params, Query, Headers, Body> {
  caller: A extends 'user' ? Caller : undefined;
  params: Params;
  query: Query;
  headers: Headers;
  body: Body;
  context: RequestContext;
}

type NoParameters = z.ZodObject<Record<string, never>>;

/**
 * One thing that can be asked of the API. The router, the answers to other methods and the OpenAPI document all come
 * from these, and what the schemas say is what is checked.
 */
export interface RouteDefinition<
  A extends Access,
  P extends z.ZodObject,
  Q extends z.ZodObject,
  H extends z.ZodObject,
  B extends z.ZodType,
  R extends Answers,
> {
  /** Also the `operationId` in the document. */
  id: string;
  method: 'delete' | 'get' | 'patch' | 'post' | 'put';
  /** With parameters as OpenAPI writes them: `/users/{user}`. */
  path: string;
  tag: 'blocks' | 'conversations' | 'live' | 'members' | 'messages' | 'server' | 'sessions' | 'users';
  summary: string;
  description?: string;
  access: A;
  /** Where the server requires a second factor: open to a session that has yet to set one up, too. */
  beforeSecondFactor?: true;
  /** What it counts as for its user; where it does not say, `get` as reading and all else as sending. */
  limit?: 'address' | 'conversation' | 'read' | 'send';
  /** Never refused for being too much: whoever watches over the server must reach it. */
  unlimited?: true;
  params?: P;
  query?: Q;
  /** Request headers, named as they are written. */
  headers?: H;
  /** Where undefined fits it, a request may come without a body. */
  body?: B;
  answers: R;
  /** What it may answer beside the errors that follow from what it takes: see `errorsOf`. */
  errors?: readonly ErrorCode[];
  handle(
    input: RouteInput<A, z.output<P>, z.output<Q>, z.output<H>, z.output<B>>,
  ): ReplyOf<NoInfer<R>> | Promise<ReplyOf<NoInfer<R>>>;
}

export type Route = RouteDefinition<Access, z.ZodObject, z.ZodObject, z.ZodObject, z.ZodType, Answers>;

/** Gives a route its types: the handler gets what its schemas parse to and returns what its answers announce. */
export function defineRoute<
  A extends Access,
  R extends Answers,
  P extends z.ZodObject = NoParameters,
  Q extends z.ZodObject = NoParameters,
  H extends z.ZodObject = NoParameters,
  B extends z.ZodType = z.ZodUndefined,
>(definition: RouteDefinition<A, P, Q, H, B, R>): Route {
  return definition as Route;
}
