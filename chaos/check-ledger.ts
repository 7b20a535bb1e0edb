import type { Entry } from '@natter/contracts';
import { acknowledgementOf, isKnownNotStored, type Send } from './ledger.ts';
import type { Ask } from './question.ts';

type Sent = Extract<Entry, { type: 'message.sent' }>;

/**
 * Compares what senders were told with the logs of their conversations.
 *
 * @returns what is not as it was promised.
 */
export async function checkLedger(sends: readonly Send[], ask: Ask): Promise<string[]> {
  const faults: string[] = [];
  for (const [conversation, own] of Map.groupBy(sends, (send) => send.conversation)) {
    const log = await readLog(ask, conversation);
    faults.push(...faultsOfNumbers(log));
    const stored = Map.groupBy(log.filter(isSent), ({ data }) => data.content);
    for (const send of own) faults.push(...faultsOfSend(send, stored.get(send.content) ?? []));
  }
  return faults;
}

function isSent(entry: Entry): entry is Sent {
  return entry.type === 'message.sent';
}

async function readLog(ask: Ask, conversation: string): Promise<Entry[]> {
  const log: Entry[] = [];
  for (let more = true; more; ) {
    const path = `/api/v1/conversations/${conversation}/log?after=${log.length}&limit=200`;
    const { status, body } = await ask({ method: 'GET', path });
    if (status !== 200) throw new Error(`The log of ${conversation} could not be read: ${status}`);
    const { data, page } = body as { data: Entry[]; page: { hasAfter: boolean } };
    log.push(...data);
    more = page.hasAfter;
  }
  return log;
}

/** `rev` counts the entries, and `seq` the messages, without a hole. */
function faultsOfNumbers(log: readonly Entry[]): string[] {
  const faults: string[] = [];
  let messages = 0;
  for (const [index, { conversationId, rev, seq, type }] of log.entries()) {
    if (type === 'message.sent') messages += 1;
    if (rev === index + 1 && seq === messages) continue;
    faults.push(
      `${conversationId}: entry ${index + 1} has rev ${rev}, and seq ${seq} instead of ${messages}`,
    );
  }
  return faults;
}

function faultsOfSend(send: Send, stored: readonly Sent[]): string[] {
  const about = `"${send.content}" in ${send.conversation}`;
  const acknowledged = acknowledgementOf(send);
  if (acknowledged === undefined) {
    if (stored.length > 0 && isKnownNotStored(send)) return [`${about} was refused, and is stored`];
    return stored.length > 1 ? [`${about} is stored ${stored.length} times`] : [];
  }
  const [only, ...others] = stored;
  if (only === undefined) return [`${about} was acknowledged, and is not stored`];
  if (others.length > 0) return [`${about} is stored ${stored.length} times`];
  const { id, seq } = acknowledged;
  if (only.data.messageId === id && only.seq === seq) return [];
  return [
    `${about} was acknowledged as ${seq} (${id}), and is stored as ${only.seq} (${only.data.messageId})`,
  ];
}
