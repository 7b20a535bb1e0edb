import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Conversation } from '@natter/contracts';
import { waitFor } from '@natter/testkit';
import { at, contentsOf, createGroup } from './_conversations/requests.ts';
import { EventStream } from './_event-stream.ts';
import { PermittedNatter } from './_permitted-natter.ts';

describe('with the permissions of NATS that we deliver', () => {
  let natter: PermittedNatter;

  beforeAll(async () => {
    natter = await PermittedNatter.start();
  });
  afterAll(() => natter.remove());

  it('people get sessions and see each other', async () => {
    const [ann, ben] = await Promise.all([natter.register('ann'), natter.register('ben')]);
    const withToken = await ann.api.withToken(ann.username);
    expect((await withToken.get(`/api/v1/users/${ben.username}`)).body).toMatchObject({ id: ben.id });
    expect((await withToken.get('/api/v1/users?limit=1')).status).toBe(200);
    expect((await withToken.get('/.well-known/jwks.json')).status).toBe(200);
  });

  it('people write, edit, react, read, search and block', async () => {
    const [ann, ben] = await Promise.all([natter.register('ann'), natter.register('ben')]);
    const direct = at(ann.username);
    const answers = [
      await ben.api.post(direct, { content: 'Tomatoes need water' }),
      await ben.api.patch(`${direct}/messages/1`, { content: 'Tomatoes need sun' }),
      await ben.api.put(`${direct}/messages/1/reactions/%F0%9F%8C%9E`),
      await ben.api.put(`${direct}/read`, { seq: 1 }),
      await ben.api.get(`${direct}/log`),
      await ben.api.put(`/api/v1/blocks/${ann.username}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200, 200, 204]);
    // What is searched comes by way of the events.
    const found = async () => contentsOf(await ben.api.get('/api/v1/search?q=sun')).length === 1;
    await waitFor(found, { what: 'the message to be found' });
  });

  it('people hear what the others do', async () => {
    const [ann, ben] = await Promise.all([natter.register('ann'), natter.register('ben')]);
    const group = await createGroup(ann, ben);
    const [anns, bens] = [
      await EventStream.open(natter.gateway, ann.username),
      await EventStream.open(natter.gateway, ben.username),
    ];
    await anns.upTo('presence', ({ username }) => username === ben.username);
    const answers = [
      await ben.api.put('/api/v1/users/me/presence', { status: 'away' }),
      await ben.api.ask({ method: 'POST', path: `${group}/typing` }),
      await ann.api.get(`/api/v1/users/${ben.username}/presence`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 200]);
    await anns.upTo('typing');
    for (const stream of [anns, bens]) stream.close();
  });

  it('people go, and leave their groups', async () => {
    const [ann, ben] = await Promise.all([natter.register('ann'), natter.register('ben')]);
    const group = await createGroup(ann, ben);
    expect((await ben.api.delete('/api/v1/users/me', { password: 'natter-demo' })).status).toBe(204);
    const members = async () => ((await ann.api.get(group)).body as Conversation).members;
    await waitFor(async () => (await members()).length === 1, { what: 'ben to be gone' });
  });

  it('a process of messaging takes over what is there, and stops in order', async () => {
    const messaging = await natter.startMessaging();
    expect(await messaging.stop()).toBe(0);
  });

  it('the operator may ask for all users', async () => {
    const { code, output } = await natter.operate('rebuild', 'users');
    expect([code, output]).toEqual([0, expect.stringMatching(/Looked at 8 users; 0 had to be put right/)]);
  });

  it('what the operator changed is in the audit log', async () => {
    const { code, output } = await natter.operate('audit');
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/operator\.command .+ by operator .+ natter rebuild users: done/),
    ]);
  });

  it('nothing was forbidden to anybody all the while', async () => {
    await Promise.all(natter.services.map((service) => service.stop()));
    expect(await natter.violations()).toEqual([]);
  });
});
