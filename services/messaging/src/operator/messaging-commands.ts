import { databaseAbsence } from '@natter/mongo';
import { type OperatorContext, OperatorError } from '@natter/platform';
import { Argument, Command } from 'commander';
import { audited } from './audited.ts';
import { check } from './check.ts';
import { type OpenArchives, openArchives } from './open-archives.ts';
import { type ProjectionName, rebuild, rebuilds } from './rebuild.ts';
import { restored } from './restored.ts';
import { webhookCommands } from './webhook-commands.ts';

/** The operator's commands of messaging. */
export function messagingCommands(context: OperatorContext): Command[] {
  return [checkCommand(context), rebuildCommand(context), restoredCommand(context), webhookCommands(context)];
}

function checkCommand(context: OperatorContext): Command {
  return new Command('check')
    .description('look whether all logs are whole and all projections are what their logs come to')
    .addHelpText(
      'after',
      `
The service may run: what looks wrong is looked at again for some seconds, and told of only if it stays so.
Nothing is changed. Exit code: 0 nothing is wrong, 1 something is, or MongoDB went away before the end was seen.`,
    )
    .action(() => withArchives(context, (archives) => check(archives, context)));
}

function rebuildCommand(context: OperatorContext): Command {
  return new Command('rebuild')
    .description('put a projection right from its source, while the service runs')
    .addArgument(new Argument('<projection>', 'what to rebuild').choices(Object.keys(rebuilds)))
    .addHelpText(
      'after',
      `
conversations, memberships, messages and search are made again from the logs, users from the users service.
What is right stays as it is; read markers that stand further than the log shows stay too.
Exit code: 0 all of it is right now, 1 some of it could not be put right.`,
    )
    .action((projection: ProjectionName) =>
      audited(context, `rebuild ${projection}`, () =>
        withArchives(context, (archives) => rebuild(projection, archives, context)),
      ),
    );
}

function restoredCommand(context: OperatorContext): Command {
  return new Command('restored')
    .description('tell clients that the database was put back to an earlier moment')
    .addHelpText(
      'after',
      `
Begins another epoch of the logs: a client that sees it knows that numbers may have been given anew, and reads from
the beginning. Run it after the restore and before messaging starts; one that runs takes it up within seconds.`,
    )
    .action(() =>
      audited(context, 'restored', () =>
        withArchives(context, async ({ epochs }) => {
          await restored(epochs, context);
          return 0;
        }),
      ),
    );
}

/**
 * Runs a command, which returns how much is wrong, on the open database.
 *
 * @throws {OperatorError} when the database went away meanwhile.
 */
async function withArchives(
  context: OperatorContext,
  run: (archives: OpenArchives) => Promise<number>,
): Promise<void> {
  const archives = await openArchives(context);
  try {
    if ((await run(archives)) > 0) context.fail();
  } catch (error) {
    throw databaseAbsence(error) === undefined ? error : brokenOff(error as Error);
  } finally {
    await archives.close();
  }
}

function brokenOff(cause: Error): OperatorError {
  const message = `MongoDB did not answer any more (${cause.message}), so this broke off: run it again.`;
  return new OperatorError(message, { cause, exitCode: 1 });
}
