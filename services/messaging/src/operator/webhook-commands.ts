import { addWebhook, removeWebhook, replayWebhook } from '@natter/contracts';
import type { OperatorContext } from '@natter/platform';
import { Command } from 'commander';
import { askMessaging } from './ask-messaging.ts';
import { audited } from './audited.ts';
import { listAllWebhooks } from './list-all-webhooks.ts';
import { listDeadLetters } from './list-dead-letters.ts';

const exitCodes =
  '\nExit code: 0 it is done, 1 there is no such webhook or conversation, 2 it could not be done.';

/** The operator's commands of webhooks. */
export function webhookCommands(context: OperatorContext): Command {
  return new Command('webhooks')
    .description('where entries are posted to, signed as Standard Webhooks has it')
    .addCommand(addCommand(context))
    .addCommand(listCommand(context))
    .addCommand(removeCommand(context))
    .addCommand(replayCommand(context))
    .addCommand(deadLettersCommand(context));
}

function addCommand(context: OperatorContext): Command {
  return new Command('add')
    .description('have every entry that is appended from now on posted to a URL')
    .argument('<url>', 'https://… or http://…')
    .option('--conversation <id>', 'only those of this conversation; by default those of all')
    .addHelpText(
      'after',
      `
The secret that the receiver verifies signatures with is printed once.
Addresses that are not public are refused, unless WEBHOOK_ALLOW_PRIVATE of the messaging service lets them through.${exitCodes}`,
    )
    .action((url: string, { conversation: conversationId }: { conversation?: string }) =>
      audited(context, 'webhooks add', async () => {
        const { id, secret } = await askMessaging(context, addWebhook, { url, conversationId });
        context.say(`Webhook: ${id}`);
        context.say(`Secret: ${secret}`);
      }),
    );
}

function listCommand(context: OperatorContext): Command {
  return new Command('list')
    .description('list the webhooks, the oldest first, and how their deliveries go')
    .action(() => listAllWebhooks(context));
}

function removeCommand(context: OperatorContext): Command {
  return new Command('remove')
    .description('end a webhook, and forget what it has delivered and given up')
    .argument('<id>')
    .addHelpText('after', exitCodes)
    .action((id: string) =>
      audited(context, 'webhooks remove', async () => {
        await askMessaging(context, removeWebhook, { id });
        context.say(`${id} is removed.`);
      }),
    );
}

function replayCommand(context: OperatorContext): Command {
  return new Command('replay')
    .description('deliver a conversation again, from a rev on')
    .argument('<id>', 'of the webhook')
    .argument('<conversation>', 'its id')
    .requiredOption('--from <rev>', 'the first entry to deliver')
    .addHelpText(
      'after',
      `
Entries have the ids (webhook-id) that they had before. What was given up from there on counts as given up no more.${exitCodes}`,
    )
    .action((id: string, conversationId: string, { from }: { from: string }) =>
      audited(context, 'webhooks replay', async () => {
        await askMessaging(context, replayWebhook, { id, conversationId, from: Number(from) });
        context.say(`${conversationId} is delivered from ${from} on.`);
      }),
    );
}

function deadLettersCommand(context: OperatorContext): Command {
  return new Command('dead-letters')
    .description('list the entries that a webhook has given up: conversation, rev, type, when and why')
    .argument('<id>')
    .addHelpText('after', exitCodes)
    .action((id: string) => listDeadLetters(context, id));
}
