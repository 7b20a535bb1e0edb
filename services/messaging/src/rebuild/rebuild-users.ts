import { isDeepStrictEqual } from 'node:util';
import { type Judgement, judge } from '../audit/judge.ts';
import type { ProfileArchive, ProfileOrigin } from '../domain/profile-archive.ts';
import type { Profile } from '../domain/user-directory.ts';
import { putRight } from './put-right.ts';
import type { Rebuilding } from './rebuild-each.ts';

/** Puts every profile where the users service has it, and removes those of whom it knows nothing. */
export async function rebuildUsers(
  kept: ProfileArchive,
  origin: ProfileOrigin,
  { onDone, onFailure }: Rebuilding,
): Promise<void> {
  for await (const profiles of origin.all()) {
    const found = new Map((await kept.find(idsOf(profiles))).map((profile) => [profile.id, profile]));
    for (const profile of profiles) {
      const { id } = profile;
      if (isDeepStrictEqual(found.get(id), profile)) onDone(false);
      else
        await putRight(() => lookAndRepair(kept, origin, id)).then(onDone, (error) => onFailure(id, error));
    }
  }
  for await (const ids of kept.ids()) await removeUnknown(kept, origin, ids, onDone);
}

const idsOf = (profiles: readonly Profile[]): string[] => profiles.map(({ id }) => id);

async function lookAndRepair(kept: ProfileArchive, origin: ProfileOrigin, id: string): Promise<Judgement> {
  const [seen] = await kept.find([id]);
  const [known] = await origin.byIds([id]);
  const at = known?.version === seen?.version ? known : undefined;
  const judgement = judge(seen && versioned(seen), {
    at: at && versioned(at),
    head: known && versioned(known),
  });
  if (judgement.standing !== 'right' && known !== undefined) await kept.replace(known, seen?.version);
  return judgement;
}

const versioned = (profile: Profile) => ({ ...profile, rev: profile.version });

async function removeUnknown(
  kept: ProfileArchive,
  origin: ProfileOrigin,
  ids: readonly string[],
  onDone: Rebuilding['onDone'],
): Promise<void> {
  const known = new Set(idsOf(await origin.byIds(ids)));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) await kept.remove(unknown);
  for (const _ of unknown) onDone(true);
}
