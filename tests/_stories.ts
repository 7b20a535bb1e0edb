import { describe, expect, it } from '@jest/globals';
import type { ConversationWithMessages, User } from '@natter/contracts';
import type { Installation } from './_client.ts';

const usernames = (body: unknown) => (body as { data: User[] }).data.map(({ username }) => username);

/** What was said in a conversation, and by whom. */
export const said = (body: unknown) =>
  (body as ConversationWithMessages).messages.data.map(({ sender, content }) => `${sender}: ${content}`);

/** What everything began with; alice, bob and carol are there, and nobody else. */
export function describeStories(installation: () => Installation): void {
  describe('the three stories', () => {
    it('show a user all the others', async () => {
      const { status, body } = await (await installation().as('alice')).get('/api/users/');
      expect([status, usernames(body)]).toEqual([200, ['bob', 'carol']]);
    });

    it('let a user message another, and show both the conversation, in order', async () => {
      const [alice, bob] = [await installation().as('alice'), await installation().as('bob')];
      const sent = await alice.post('/api/conversations/bob/', { content: 'hello' });
      expect([sent.status, sent.body]).toMatchObject([201, { seq: 1, sender: 'alice', content: 'hello' }]);
      await bob.post('/api/conversations/alice/', { content: 'hello, alice' });
      const heard = ['alice: hello', 'bob: hello, alice'];
      expect(said((await alice.get('/api/conversations/bob/')).body)).toEqual(heard);
      expect(said((await bob.get('/api/conversations/alice/')).body)).toEqual(heard);
    });

    it('are served the same with a bearer token, through every gateway', async () => {
      const bob = await (await installation().as('bob')).withToken('bob');
      for (const url of await installation().gateways()) {
        const { status, body } = await bob.through(url).get('/api/v1/conversations/alice');
        expect([status, said(body).length]).toEqual([200, 2]);
      }
    });
  });
}
