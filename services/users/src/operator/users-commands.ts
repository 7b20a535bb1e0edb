import type { OperatorContext } from '@natter/platform';
import { Command } from 'commander';
import { accountCommands } from './account-commands.ts';
import { addUser } from './add-user.ts';
import { listUsers } from './list-users.ts';
import { generatePassword, readPassword } from './new-password.ts';
import { withUsersService } from './with-users-service.ts';

/** The operator's commands of users. */
export function usersCommands(context: OperatorContext): Command[] {
  const users = new Command('users')
    .description('who has an account')
    .addCommand(addCommand(context))
    .addCommand(listCommand(context));
  for (const command of accountCommands(context)) users.addCommand(command);
  return [users];
}

function addCommand(context: OperatorContext): Command {
  return new Command('add')
    .description('make an account, also where registration is closed')
    .argument('<username>')
    .option('--display-name <name>', 'what others see; by default the username')
    .option('--generate-password', 'make up a password and print it, instead of asking for one')
    .addHelpText(
      'after',
      `
The password is asked for twice, and not shown; where standard input is no terminal, it is its first line.
Exit code: 0 there is such an account now, 1 the username was taken, 2 it could not be made.`,
    )
    .action(async (username: string, options: { displayName?: string; generatePassword?: true }) => {
      const generated = options.generatePassword ? generatePassword() : undefined;
      const { displayName } = options;
      const newUser = { username, displayName, password: generated ?? (await readPassword(process)) };
      const added = await withUsersService(context, (bus) => addUser(bus, newUser));
      context.say(added ? `${username} is added.` : `The username ${username} is taken.`);
      if (!added) context.fail();
      else if (generated !== undefined) context.say(`Password: ${generated}`);
    });
}

function listCommand(context: OperatorContext): Command {
  return new Command('list')
    .description('list the accounts: username, day of creation and display name, the oldest first')
    .action(() => withUsersService(context, (bus) => listUsers(bus, context.say)));
}
