import type { Chronicle } from './chronicle.ts';
import {
  addReaction,
  conversationIds,
  deleteMessage,
  editMessage,
  groupIds,
  type Intent,
  loseAccount,
  removeMember,
  removeReaction,
  renameConversation,
  sendMessage,
  setMember,
  userIds,
} from './intents.ts';
import type { Random } from './random.ts';

const emojis = ['👍', '🎉'];

interface Chances {
  random: Random;
  /** One that no other text and key has. */
  number: number;
}

/** Something that a user could want. */
export function chooseIntent(actorId: string, chronicle: Chronicle, chances: Chances): Intent {
  const { random, number } = chances;
  const conversationId = random.pick(random.chance(75) ? conversationIds : groupIds);
  const place = { conversationId, actorId };
  const annals = chronicle.of(conversationId);
  const seqs = annals.at(annals.head)?.seq ?? 0;
  // Now and then one that is not there.
  const seq = random.between(1, Math.max(seqs, 1) + (random.chance(5) ? 1 : 0));
  if (seqs === 0 || random.chance(45)) return chooseSend(place, seq, chances);
  const onMessage = { ...place, seq };
  const choices = [
    () => editMessage(onMessage, `edit-${number}`),
    () => deleteMessage(onMessage),
    () => addReaction(onMessage, random.pick(emojis)),
    () => removeReaction(onMessage, random.pick(emojis)),
    () => renameConversation(place, random.pick(['one', 'two'])),
    () => setMember(place, random.pick(userIds), random.pick([undefined, 'owner', 'admin', 'member'])),
    () => setMember(place, random.pick(userIds)),
    () => removeMember(place, random.pick(userIds)),
    () => removeMember(place, random.pick([actorId, ...userIds])),
    () => loseAccount(place),
  ];
  return random.pick(choices.slice(0, random.chance(20) ? choices.length : -1))();
}

function chooseSend(
  place: { conversationId: string; actorId: string },
  seq: number,
  { random, number }: Chances,
): Intent {
  const replyTo = random.chance(25) ? seq : null;
  const content = `text-${number}${random.chance(20) ? ' @bob' : ''}`;
  return sendMessage(place, content, replyTo, random.chance(60) ? `key-${number}` : undefined);
}
