import { listWebhooks, type Webhook } from '@natter/contracts';
import type { OperatorContext } from '@natter/platform';
import { askMessaging } from './ask-messaging.ts';
import { counted } from './counted.ts';

/** Says a line for each webhook, and how its deliveries go. */
export async function listAllWebhooks(context: Pick<OperatorContext, 'environment' | 'say'>): Promise<void> {
  const { webhooks } = await askMessaging(context, listWebhooks, {});
  for (const webhook of webhooks) context.say(lineOf(webhook));
}

function lineOf({ id, url, conversationId, created, ...state }: Webhook): string {
  const what = conversationId === null ? 'all conversations' : `conversation ${conversationId}`;
  return [id, created.slice(0, 10), url, what, stateOf(state)].join('  ');
}

type State = Pick<Webhook, 'waiting' | 'failing' | 'failingSince' | 'lastFailure' | 'deadLetters'>;

function stateOf({ waiting, failing, failingSince, lastFailure, deadLetters }: State): string {
  return [
    waiting === 0 ? 'all delivered' : `waiting in ${counted(waiting, 'conversation')}`,
    failing > 0 && `failing in ${failing.toLocaleString('en')} since ${failingSince} (${lastFailure})`,
    deadLetters > 0 && counted(deadLetters, 'dead letter'),
  ]
    .filter(Boolean)
    .join(', ');
}
