import type { OperatorContext } from '@natter/platform';
import { Command } from 'commander';
import { accountCommands } from './account-commands.ts';
import { addUser } from './add-user.ts';
import { inviteUser } from './invite-user.ts';
import { type AuditOptions, listAudit } from './list-audit.ts';
import { listUsers } from './list-users.ts';
import { generatePassword, readPassword } from './new-password.ts';
import { withUsersService } from './with-users-service.ts';

/** The operator's commands of users. */
export function usersCommands(context: OperatorContext): Command[] {
  const users = new Command('users')
    .description('who has an account')
    .addCommand(addCommand(context))
    .addCommand(listCommand(context))
    .addCommand(inviteCommand(context));
  for (const command of accountCommands(context)) users.addCommand(command);
  return [users, auditCommand(context)];
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
      const password = generated ?? (await readPassword(process));
      const newUser = { username, displayName, password, generated: generated !== undefined };
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

function inviteCommand(context: OperatorContext): Command {
  return new Command('invite')
    .description('make an invite, with which one account can be made where REGISTRATION is `invite`')
    .option('--days <days>', 'for how long it is good', '7')
    .addHelpText('after', '\nThe invite is printed once and kept nowhere: only a hash of it is.')
    .action(async ({ days }: { days: string }) => {
      const made = await withUsersService(context, (bus) => inviteUser(bus, days));
      context.say(`Invite: ${made.invite}`);
      context.say(`It makes one account, until ${made.expires}.`);
      if (made.registration !== 'invite') {
        context.say(`REGISTRATION is ${made.registration} now: nobody is asked for an invite.`);
      }
    });
}

function auditCommand(context: OperatorContext): Command {
  return new Command('audit')
    .description('tell who registered, logged in or failed to, and what operators did, the latest first')
    .option('--user <username>', 'only of this account, which may be deleted')
    .option('--since <time>', 'only what happened then or later: 2026-01-31, or 2026-01-31T12:00Z')
    .action((options: AuditOptions) =>
      withUsersService(context, (bus) => listAudit(bus, options, context.say)),
    );
}
