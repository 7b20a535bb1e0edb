import { disableUser, enableUser, resetPassword, resetSecondFactor } from '@natter/contracts';
import type { OperatorContext } from '@natter/platform';
import { Command } from 'commander';
import { changeUser } from './change-user.ts';
import { generatePassword, readPassword } from './new-password.ts';
import { withUsersService } from './with-users-service.ts';

const exitCodes = '\nExit code: 0 it is done, 1 there is no such account, 2 it could not be done.';

/** The commands that change an account that there is. */
export function accountCommands(context: OperatorContext): Command[] {
  return [
    disableCommand(context),
    enableCommand(context),
    passwordCommand(context),
    secondFactorCommand(context),
  ];
}

function disableCommand(context: OperatorContext): Command {
  return new Command('disable')
    .description('close an account: its sessions end within a second, and nobody can log in')
    .argument('<username>')
    .addHelpText('after', exitCodes)
    .action(async (username: string) => {
      const done = await withUsersService(context, (bus) => changeUser(bus, disableUser, { username }));
      say(context, done, username, 'is disabled');
    });
}

function enableCommand(context: OperatorContext): Command {
  return new Command('enable')
    .description('open an account that was disabled')
    .argument('<username>')
    .addHelpText('after', exitCodes)
    .action(async (username: string) => {
      const done = await withUsersService(context, (bus) => changeUser(bus, enableUser, { username }));
      say(context, done, username, 'is enabled');
    });
}

function passwordCommand(context: OperatorContext): Command {
  return new Command('password')
    .description('give an account another password, and end all its sessions')
    .argument('<username>')
    .option('--generate-password', 'make up a password and print it, instead of asking for one')
    .addHelpText(
      'after',
      `
The password is asked for twice, and not shown; where standard input is no terminal, it is its first line.${exitCodes}`,
    )
    .action(async (username: string, options: { generatePassword?: true }) => {
      const generated = options.generatePassword ? generatePassword() : undefined;
      const request = { username, password: generated ?? (await readPassword(process)) };
      const done = await withUsersService(context, (bus) => changeUser(bus, resetPassword, request));
      say(context, done, username, 'has another password');
      if (done && generated !== undefined) context.say(`Password: ${generated}`);
    });
}

function secondFactorCommand(context: OperatorContext): Command {
  return new Command('second-factor')
    .description('take the second factor off an account whose owner has lost it: be sure who asks')
    .argument('<username>')
    .requiredOption('--off', 'that is what is to be done')
    .addHelpText('after', `\nThe sessions of the account end.${exitCodes}`)
    .action(async (username: string) => {
      const done = await withUsersService(context, (bus) => changeUser(bus, resetSecondFactor, { username }));
      say(context, done, username, 'has no second factor');
    });
}

function say(context: OperatorContext, done: boolean, username: string, what: string): void {
  context.say(done ? `${username} ${what}.` : `There is no account ${username}.`);
  if (!done) context.fail();
}
