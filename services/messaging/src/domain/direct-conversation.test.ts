import { describe, expect, it } from '@jest/globals';
import { idSchema } from '@natter/contracts';
import { directConversation } from './direct-conversation.ts';

const alice = '01990000-0000-7000-8000-00000000000a';
const bob = '01990000-0000-7000-8000-00000000000b';
const carol = '01990000-0000-7000-8000-00000000000c';

describe('directConversation', () => {
  it('is the same from both sides', () => {
    expect(directConversation(alice, bob)).toEqual(directConversation(bob, alice));
  });

  it('differs for any other pair', () => {
    const pairs = [
      [alice, bob],
      [alice, carol],
      [bob, carol],
      [alice, alice],
    ] as const;
    expect(new Set(pairs.map(([one, other]) => directConversation(one, other).id)).size).toBe(pairs.length);
  });

  it('has one member where it is with oneself', () => {
    expect(directConversation(alice, alice).memberIds).toEqual([alice]);
  });

  it('has an id of UUID version 8', () => {
    const { id } = directConversation(alice, bob);
    expect(idSchema.parse(id)).toMatch(/^.{14}8.{4}[89ab]/);
  });

  it('keeps its id: those that are stored depend on it', () => {
    expect(directConversation(alice, bob).id).toBe('abd410c1-36f8-8bc7-804e-82d044b8c8d3');
  });
});
