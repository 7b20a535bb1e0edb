import { expect, test } from '@jest/globals';
import { createMemoryStorage } from '../storage/memory-storage.ts';
import { pageOfUsers } from './list-users.ts';

async function directoryOf(...usernames: string[]) {
  const { accounts, directory } = createMemoryStorage();
  for (const username of usernames) {
    const names = { id: `id-${username}`, username, displayName: username };
    await accounts.add({
      ...names,
      passwordHash: '',
      disabled: false,
      sessionEpoch: 0,
      created: new Date(),
      deleted: false,
      receipts: 'shared' as const,
      version: 1,
    });
  }
  return directory;
}

test('pages follow each other without a gap or a repeat, and the last one says that it is', async () => {
  const directory = await directoryOf('dora', 'alice', 'carol', 'bob', 'me', 'eve');
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await pageOfUsers(directory, { callerId: 'id-me', limit: 2, cursor });
    pages.push(page.profiles.map((user) => user.username));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  expect(pages).toEqual([['alice', 'bob'], ['carol', 'dora'], ['eve']]);
});

test('a page that just holds the last users has no next', async () => {
  const directory = await directoryOf('alice', 'bob');
  expect(await pageOfUsers(directory, { callerId: 'nobody', limit: 2 })).toMatchObject({ next: null });
});

test('an empty search is no search', async () => {
  const directory = await directoryOf('alice', 'bob');
  const page = await pageOfUsers(directory, { callerId: 'nobody', limit: 5, q: '' });
  expect(page.profiles).toHaveLength(2);
});
