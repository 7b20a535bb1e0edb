import { parseOrFail } from '@natter/contracts';
import type { z } from 'zod';
import type { Caller } from '../../auth/authenticate.ts';
import type { Route } from '../../http/define-route.ts';
import type { RequestContext } from '../../http/request-context.ts';
import type { Admit } from '../../limits/admit.ts';
import { limitOf } from '../../limits/limit-of-route.ts';
import type { RateLimits } from '../../limits/rate-limits.ts';
import type { Command } from './commands.ts';
import { commandFrameSchema } from './frame-schemas.ts';
import { type ClientFrame, wrongType } from './read-frame.ts';

export interface RunCommandOptions {
  readonly commands: readonly Command[];
  /** Undefined where nothing is limited. */
  readonly limits: Pick<RateLimits, 'take'> | undefined;
  readonly admit: Admit;
  /** @throws {NatterError} where the caller's session has ended. */
  readonly refuseEnded: (caller: Caller) => Promise<void>;
}

/** Does what a frame asks for. @returns the `data` of the answer. @throws {NatterError} as the route does. */
export type RunCommand = (frame: ClientFrame, caller: Caller, context: RequestContext) => Promise<unknown>;

interface PreparedCommand {
  readonly route: Route;
  readonly schema: z.ZodType<{ data: Record<string, unknown> }>;
}

/** Runs commands as what they stand for: with the route's limits, its input and the body of its answer. */
export function createRunCommand({ commands, limits, admit, refuseEnded }: RunCommandOptions): RunCommand {
  const prepared = new Map(commands.map((command) => [command.type, prepare(command)]));
  const types = ['auth', 'ping', ...prepared.keys()].join(', ');
  return async ({ type, value }, caller, context) => {
    const command = prepared.get(type ?? '');
    if (command === undefined) throw wrongType(`Must be one of ${types}`);
    const answered = admit(context.address);
    try {
      await refuseEnded(caller);
      return await run(command, value, caller, context);
    } finally {
      answered();
    }
  };

  async function run(
    { route, schema }: PreparedCommand,
    value: unknown,
    caller: Caller,
    context: RequestContext,
  ) {
    const policy = limitOf(route);
    if (policy) limits?.take(policy, caller.id);
    const input = inputOf(route, parseOrFail(schema, value).data);
    const { body } = await route.handle({ caller, context, query: {}, headers: {}, ...input });
    return body;
  }
}

function prepare(command: Command): PreparedCommand {
  return { route: command.route, schema: commandFrameSchema(command) };
}

/** What of a frame's data stands in a route's path, and what in its body. */
function inputOf({ params, body }: Route, data: Record<string, unknown>) {
  const inPath = new Set(Object.keys(params?.shape ?? {}));
  const fields = Object.entries(data);
  return {
    params: Object.fromEntries(fields.filter(([name]) => inPath.has(name))),
    body: body && Object.fromEntries(fields.filter(([name]) => !inPath.has(name))),
  };
}
