import { describe, expect, it } from '@jest/globals';
import { NatterError } from '@natter/contracts';
import type { Profile, Profiles } from '../domain/user-directory.ts';
import { everyoneVisible, type ProfileSource, ProjectedUserDirectory } from './projected-user-directory.ts';

const profile = (username: string, over: Partial<Profile> = {}): Profile => ({
  id: `id-${username}`,
  username,
  displayName: username,
  created: new Date(0),
  deleted: false,
  receipts: 'shared',
  version: 1,
  ...over,
});

const gone = profile('gone', { deleted: true });

const away = () => Promise.reject(new NatterError('service_unavailable'));

const unreachable: ProfileSource = { byIds: away, byUsernames: away };

/** A directory over what is kept, and what the users service knows beside. */
function directory({ kept = [], beside = [] }: { kept?: Profile[]; beside?: Profile[] }) {
  const projection = [...kept];
  const asked: string[] = [];
  const profiles: Profiles = {
    findByIds: async (ids) => projection.filter(({ id }) => ids.includes(id)),
    findByUsernames: async (names) =>
      projection.filter(({ username, deleted }) => !deleted && names.includes(username)),
    save: async (saved) => void projection.push(...saved),
  };
  const answer = (keys: readonly string[], keyOf: (one: Profile) => string) => {
    asked.push(...keys);
    return Promise.resolve(beside.filter((one) => keys.includes(keyOf(one))));
  };
  const source: ProfileSource = {
    byIds: (ids) => answer(ids, ({ id }) => id),
    byUsernames: (names) => answer(names, ({ username }) => username),
  };
  return {
    asked,
    projection,
    profiles,
    directory: new ProjectedUserDirectory(profiles, source, everyoneVisible),
  };
}

/** Of Bob and Eve, who are kept, only Bob may be known of. */
const hidingEve = (source: ProfileSource, onAsked: (ids: readonly string[]) => void = () => undefined) => {
  const { profiles } = directory({ kept: [profile('bob'), profile('eve')] });
  return new ProjectedUserDirectory(profiles, source, async (viewerId, ids) => {
    onAsked([viewerId, ...ids]);
    return new Set(['id-bob']);
  });
};

describe('ProjectedUserDirectory', () => {
  it('asks nobody about whom it has heard of', async () => {
    const { directory: who, asked } = directory({ kept: [profile('bob')] });
    expect(await who.idOf('me', 'bob')).toBe('id-bob');
    expect([...(await who.profilesOf(['id-bob'])).keys()]).toEqual(['id-bob']);
    expect(asked).toEqual([]);
  });

  it('asks once about whom it has not heard of, and keeps the answer', async () => {
    const {
      directory: who,
      asked,
      projection,
    } = directory({ kept: [profile('bob')], beside: [profile('eve')] });
    expect(await who.idsOf('me', ['eve', 'bob'])).toEqual(['id-eve', 'id-bob']);
    expect(await who.idOf('me', 'eve')).toBe('id-eve');
    expect(asked).toEqual(['eve']);
    expect(projection).toContainEqual(profile('eve'));
  });

  it('finds nobody by a name that nobody has', async () => {
    const { directory: who } = directory({ kept: [profile('bob')] });
    await expect(who.idOf('me', 'eve')).rejects.toMatchObject({ code: 'user_not_found' });
    await expect(who.idsOf('me', ['bob', 'eve'])).rejects.toMatchObject({ code: 'user_not_found' });
  });

  it('knows the deleted as nobody, and need not ask about them by id', async () => {
    const { directory: who, asked } = directory({ kept: [gone], beside: [gone] });
    await expect(who.idOf('me', 'gone')).rejects.toMatchObject({ code: 'user_not_found' });
    expect((await who.profilesOf(['id-gone'])).size).toBe(0);
    expect(asked).toEqual(['gone']);
  });

  it('asks nobody whom a text calls', async () => {
    const { directory: who, asked } = directory({ kept: [profile('bob'), gone], beside: [profile('eve')] });
    expect(await who.knownIdsOf(['eve', 'bob', 'gone'])).toEqual(['id-bob']);
    expect(asked).toEqual([]);
  });

  it('asks the projection once while the answer is fresh', async () => {
    const { profiles } = directory({ kept: [profile('bob')] });
    let reads = 0;
    const counting: Profiles = {
      ...profiles,
      findByUsernames: (names) => {
        reads += 1;
        return profiles.findByUsernames(names);
      },
    };
    const who = new ProjectedUserDirectory(counting, unreachable, everyoneVisible);
    for (const name of ['bob', 'bob']) await who.idOf('me', name);
    expect(reads).toBe(1);
  });

  it('fails where the users service has to be asked and cannot be', async () => {
    const { profiles } = directory({});
    const who = new ProjectedUserDirectory(profiles, unreachable, everyoneVisible);
    await expect(who.idOf('me', 'eve')).rejects.toMatchObject({ code: 'service_unavailable' });
  });

  describe('where some are hidden', () => {
    it('finds nobody by the name of whom the one who asks may not know of', async () => {
      const asked: (readonly string[])[] = [];
      const who = hidingEve({ byIds: away, byUsernames: async () => [] }, (ids) => asked.push(ids));
      expect(await who.idOf('me', 'bob')).toBe('id-bob');
      await expect(who.idOf('me', 'eve')).rejects.toMatchObject({ code: 'user_not_found' });
      await expect(who.idsOf('me', ['bob', 'eve'])).rejects.toMatchObject({ code: 'user_not_found' });
      expect(asked.at(-1)).toEqual(['me', 'id-bob', 'id-eve']);
    });

    it('asks whoever it asks of the hidden also of nobody, and the other way round', async () => {
      let asked: string[] = [];
      const byUsernames = async () => {
        asked.push('users');
        return [];
      };
      const who = hidingEve({ byIds: away, byUsernames }, () => asked.push('conversations'));
      for (const name of ['eve', 'nobody']) {
        await expect(who.idOf('me', name)).rejects.toMatchObject({ code: 'user_not_found' });
        expect(asked.toSorted()).toEqual(['conversations', 'users']);
        asked = [];
      }
    });

    it('tells nobody from who is hidden while the users service is away', async () => {
      const who = hidingEve(unreachable);
      for (const name of ['eve', 'nobody']) {
        await expect(who.idOf('me', name)).rejects.toMatchObject({ code: 'service_unavailable' });
      }
    });
  });
});
