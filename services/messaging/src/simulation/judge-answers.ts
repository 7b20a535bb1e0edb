import { isDeepStrictEqual } from 'node:util';
import { NatterError } from '@natter/contracts';
import type { Outcome } from '../log/command.ts';
import type { Chronicle } from './chronicle.ts';
import type { Answered } from './history.ts';
import { isSameEntry } from './same-entry.ts';
import type { Violations } from './violation.ts';
import type { World } from './world.ts';

/** Compares all that clients were told with what really happened. */
export function judgeAnswers(world: World): void {
  for (const answered of world.history.answers) {
    const { outcome, error } = answered;
    if (outcome !== undefined) judgeOutcome(answered, outcome, world);
    else judgeError(answered, error, world);
  }
}

interface Judging {
  chronicle: Chronicle;
  violations: Violations;
}

function judgeOutcome(answered: Answered, outcome: Outcome, judging: Judging): void {
  const { chronicle, violations } = judging;
  const { intent, commandId } = answered;
  const { entry, conversation, message, replayed } = outcome;
  const annals = chronicle.of(intent.conversationId);
  const said = () => `${commandId} (${intent.what}) was answered with ${JSON.stringify(outcome)}`;
  if (entry === undefined) {
    violations.expect(
      wouldDo(answered, judging, (drafts) => drafts.length === 0),
      'a refusal was due',
      said,
    );
  } else {
    violations.expect(chronicle.has(entry.id), 'nothing acknowledged is lost', said);
    const isTheirs = replayed
      ? isDeepStrictEqual(entry.key, intent.key) && entry.actorId === intent.actorId
      : entry.id === commandId;
    const isTrue = isTheirs && isSameEntry(entry, annals.entries[entry.rev - 1]);
    violations.expect(isTrue, 'an answer says what the log says', said);
  }
  const saysState = isDeepStrictEqual(conversation, annals.at(conversation.rev));
  const saysMessage =
    message === undefined || isDeepStrictEqual(message, annals.messageAt(message.seq, message.rev));
  violations.expect(saysState && saysMessage, 'an answer says what the log says', said);
}

function judgeError(answered: Answered, error: unknown, judging: Judging): void {
  const { chronicle, violations } = judging;
  const { intent, commandId } = answered;
  const said = () => `${commandId} (${intent.what}) was answered with ${String(error)}`;
  if (!(error instanceof NatterError)) return violations.add('nothing fails unexpectedly', said());
  if (error.code === 'outcome_unknown') return;
  const invariant =
    error.code === 'service_unavailable' ? 'unavailable means that nothing happened' : 'a refusal was due';
  violations.expect(!chronicle.has(commandId), invariant, said);
  if (error.code === 'service_unavailable') return;
  const isDue =
    error.code === 'idempotency_key_reused'
      ? isKeyTaken(answered, judging)
      : isRefusal(answered, judging, error);
  violations.expect(isDue, 'a refusal was due', said);
}

/** Whether the key has been used for something else. */
function isKeyTaken({ intent: { conversationId, actorId, key } }: Answered, { chronicle }: Judging): boolean {
  return chronicle
    .of(conversationId)
    .entries.some(
      (entry) =>
        entry.actorId === actorId &&
        entry.key?.clientMessageId === key?.clientMessageId &&
        entry.key?.bodyHash !== key?.bodyHash,
    );
}

function isRefusal(answered: Answered, judging: Judging, { code }: NatterError): boolean {
  return wouldDo(answered, judging, (_drafts, error) => error instanceof NatterError && error.code === code);
}

/** Whether there was a moment, between question and answer, at which the domain would have decided so. */
function wouldDo(
  { intent, commandId, since, until }: Answered,
  { chronicle }: Judging,
  isIt: (drafts: readonly unknown[], error?: unknown) => boolean,
): boolean {
  const annals = chronicle.of(intent.conversationId);
  for (let rev = since; rev <= until; rev += 1) {
    const message = intent.about === undefined ? undefined : annals.messageAt(intent.about, rev);
    try {
      if (isIt(intent.decide({ conversation: annals.at(rev), message, refused: false }, commandId)))
        return true;
    } catch (error) {
      if (isIt(['refused'], error)) return true;
    }
  }
  return false;
}
