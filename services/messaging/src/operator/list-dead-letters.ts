import { listWebhookDeadLetters, type WebhookDeadLetter } from '@natter/contracts';
import type { OperatorContext } from '@natter/platform';
import { askMessaging } from './ask-messaging.ts';

const atOnce = 500;

/** The longest type of an entry. */
const typeWidth = 20;

/** Says a line for each entry that a webhook has given up, by conversation and rev. */
export async function listDeadLetters(
  context: Pick<OperatorContext, 'environment' | 'say'>,
  id: string,
): Promise<void> {
  let after: Pick<WebhookDeadLetter, 'conversationId' | 'rev'> | undefined;
  do {
    const request = { id, after, limit: atOnce };
    const { deadLetters } = await askMessaging(context, listWebhookDeadLetters, request);
    for (const letter of deadLetters) context.say(lineOf(letter));
    const last = deadLetters.length === atOnce ? deadLetters.at(-1) : undefined;
    after = last && { conversationId: last.conversationId, rev: last.rev };
  } while (after !== undefined);
}

function lineOf({ conversationId, rev, type, at, reason }: WebhookDeadLetter): string {
  return [conversationId, `${rev}`.padStart(7), type.padEnd(typeWidth), at, reason].join('  ');
}
