import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from './_database.ts';

describe('MongoBlocks', () => {
  let database: Awaited<ReturnType<typeof openDatabase>>;

  beforeAll(async () => {
    database = await openDatabase();
  });
  afterAll(() => database.close());

  it('keeps two apart, whichever of them blocked the other', async () => {
    await database.blocks.block('alice', 'bob');
    expect(await database.blocks.areApart('alice', 'bob')).toBe(true);
    expect(await database.blocks.areApart('bob', 'alice')).toBe(true);
    expect(await database.blocks.areApart('alice', 'carol')).toBe(false);
  });

  it('knows who blocked whom', async () => {
    await database.blocks.block('erin', 'frank');
    expect(await database.blocks.isBlockedByAny('frank', ['dave', 'erin'])).toBe(true);
    expect(await database.blocks.isBlockedByAny('erin', ['dave', 'frank'])).toBe(false);
    expect(await database.blocks.isBlockedByAny('frank', [])).toBe(false);
  });

  it('lists from whom somebody is kept apart, whoever began it, each once', async () => {
    await database.blocks.block('kim', 'leo');
    await database.blocks.block('leo', 'kim');
    await database.blocks.block('max', 'kim');
    await database.blocks.block('max', 'leo');
    expect((await database.blocks.listApart('kim')).toSorted()).toEqual(['leo', 'max']);
    expect(await database.blocks.listApart('nobody')).toEqual([]);
  });

  it('blocks once however often it is asked to, also at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => database.blocks.block('grace', 'heidi')));
    expect(await database.blocks.list('grace', 10)).toEqual(['heidi']);
    await database.blocks.unblock('grace', 'heidi');
    expect(await database.blocks.areApart('grace', 'heidi')).toBe(false);
    await database.blocks.unblock('grace', 'heidi');
  });

  it('keeps the block of the one when the other takes theirs back', async () => {
    await database.blocks.block('ivan', 'judy');
    await database.blocks.block('judy', 'ivan');
    await database.blocks.unblock('ivan', 'judy');
    expect(await database.blocks.areApart('ivan', 'judy')).toBe(true);
    expect(await database.blocks.list('ivan', 10)).toEqual([]);
  });

  it('lists whom one user blocked, page by page', async () => {
    const blocked = ['b-1', 'b-2', 'b-3', 'b-4', 'b-5'];
    for (const id of blocked.toReversed()) await database.blocks.block('lister', id);
    await database.blocks.block('somebody-else', 'b-0');
    expect(await database.blocks.list('lister', 3)).toEqual(blocked.slice(0, 3));
    expect(await database.blocks.list('lister', 3, 'b-3')).toEqual(blocked.slice(3));
  });
});
