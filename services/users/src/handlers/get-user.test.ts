import { expect, test } from '@jest/globals';
import { Deadline } from '@natter/bus';
import { NatterError } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import { newAccount } from '../domain/create-user.ts';
import { type Acquaintances, createVisibility } from '../domain/visibility.ts';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { handleGetUser } from './get-user.ts';

const callerId = uuidv7();
const hidden = newAccount({
  id: uuidv7(),
  username: 'hidden',
  displayName: undefined,
  passwordHash: 'hash',
  at: new Date(),
});

async function setUp(areAcquainted: Acquaintances['areAcquainted']) {
  const { accounts, directory } = createMemoryStorage();
  await accounts.add(hidden);
  const handler = handleGetUser(
    directory,
    accounts,
    createVisibility('shared', { areAcquainted, listOf: async () => [] }),
  );
  return (whom: { id: string } | { username: string }) =>
    handler.handle({ callerId, ...whom }, { requestId: 'test', deadline: Deadline.in(1_000) });
}

const nobodyAndHidden = [
  { username: 'nobody' },
  { username: hidden.username },
  { id: uuidv7() },
  { id: hidden.id },
];

test('it takes a question to messaging to find nobody, as it takes to find who is hidden', async () => {
  let asked = 0;
  const getUser = await setUp(async () => {
    asked += 1;
    return false;
  });
  for (const [before, whom] of nobodyAndHidden.entries()) {
    await expect(getUser(whom)).rejects.toMatchObject({ code: 'user_not_found' });
    expect(asked).toBe(before + 1);
  }
});

test('while messaging is away nobody is told apart from who is hidden', async () => {
  const getUser = await setUp(async () => {
    throw new NatterError('service_unavailable');
  });
  for (const whom of nobodyAndHidden) {
    await expect(getUser(whom)).rejects.toMatchObject({ code: 'service_unavailable' });
  }
});
