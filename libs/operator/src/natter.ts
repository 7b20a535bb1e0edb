import { NatterError } from '@natter/contracts';
import { messagingCommands } from '@natter/messaging';
import { ConfigError, type OperatorContext, OperatorError } from '@natter/platform';
import { usersCommands } from '@natter/users';
import { Command, CommanderError } from 'commander';
import { terminalOutput } from './terminal-output.ts';

export interface NatterOptions extends Pick<OperatorContext, 'environment'> {
  /** What the command line is called by. */
  name: string;
  /** Which installation it is for. */
  description: string;
}

/**
 * The operator's command line, to which each service brings its own commands.
 *
 * @param args of the command line.
 * @returns the exit code: 0 when all is well, 1 when something is wrong or broke off, 2 when the command is none or
 *   could not begin.
 */
export async function natter(args: readonly string[], options: NatterOptions): Promise<number> {
  const output = terminalOutput(process.stdout, process.stderr);
  let code = 0;
  const context = {
    environment: options.environment,
    say: output.say,
    progress: output.progress,
    fail: () => {
      code = 1;
    },
  };
  try {
    await programOf(options, context).parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    output.clear();
    if (!isForTheOperator(error)) throw error;
    console.error(error.message);
    return error instanceof OperatorError ? error.exitCode : 2;
  }
}

function programOf({ name, description }: NatterOptions, context: OperatorContext): Command {
  const program = new Command(name).description(description).helpCommand(false).exitOverride();
  for (const command of [...messagingCommands(context), ...usersCommands(context)]) add(command, program);
  return program;
}

/** What is made apart inherits nothing by itself. */
function add(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent).helpCommand(false);
  for (const subcommand of command.commands) subcommand.copyInheritedSettings(command);
  parent.addCommand(command);
}

function isForTheOperator(error: unknown): error is Error {
  return [ConfigError, OperatorError, NatterError].some((known) => error instanceof known);
}
