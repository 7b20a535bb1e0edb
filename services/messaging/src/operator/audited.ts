import { Deadline } from '@natter/bus';
import { recordOperatorCommand } from '@natter/contracts';
import type { OperatorContext } from '@natter/platform';
import { uuidv7 } from 'uuidv7';
import { withBus } from './with-bus.ts';

/** No longer than a person waits for what is done already. */
const withinMs = 5_000;

/**
 * Runs a command that changes something, and has the users service put into the audit log that it ran, and how it ended.
 * Where that can't be done it is said; the command has run all the same.
 */
export async function audited(
  context: Pick<OperatorContext, 'environment' | 'say'>,
  command: string,
  run: () => Promise<void>,
): Promise<void> {
  let outcome: 'done' | 'failed' = 'failed';
  try {
    await run();
    outcome = 'done';
  } finally {
    await record(context, { command, outcome });
  }
}

async function record(
  context: Pick<OperatorContext, 'environment' | 'say'>,
  request: { command: string; outcome: 'done' | 'failed' },
): Promise<void> {
  try {
    const call = { requestId: uuidv7(), deadline: Deadline.in(withinMs) };
    await withBus(context, (bus) => bus.call(recordOperatorCommand, request, call));
  } catch (error) {
    context.say(`The audit log does not have it that this ran: ${(error as Error).message}`);
  }
}
