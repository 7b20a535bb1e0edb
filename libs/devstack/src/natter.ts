import { messagingCommands, OperatorError } from '@natter/messaging';
import { ConfigError } from '@natter/platform';
import { Command, CommanderError } from 'commander';
import { LaunchError } from './launch-error.ts';
import { findInstallation } from './operator/find-installation.ts';
import { terminalOutput } from './operator/terminal-output.ts';

/**
 * `npm run natter`: the operator's command line, to which each service brings its own commands.
 *
 * @param args of the command line.
 * @returns the exit code: 0 when all is well, 1 when something is wrong or failed, 2 when the command is none or
 *   could not begin.
 */
export async function natter(args: readonly string[]): Promise<number> {
  const output = terminalOutput(process.stdout, process.stderr);
  let code = 0;
  const context = {
    environment: () => findInstallation(process.env),
    say: output.say,
    progress: output.progress,
    fail: () => {
      code = 1;
    },
  };
  try {
    await programOf(messagingCommands(context)).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    output.clear();
    if (!isForTheOperator(error)) throw error;
    console.error(error.message);
    return 2;
  }
}

function programOf(commands: readonly Command[]): Command {
  const program = new Command('npm run natter --')
    .description(
      'Looks after a Natter that runs: by `npm start` in NATTER_DATA, or at NATS_URL and MONGODB_URL.',
    )
    .helpCommand(false)
    .exitOverride();
  for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
  return program;
}

function isForTheOperator(error: unknown): error is Error {
  return [LaunchError, ConfigError, OperatorError].some((known) => error instanceof known);
}
