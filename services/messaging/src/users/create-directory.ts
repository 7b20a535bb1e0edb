import type { Bus } from '@natter/bus';
import type { MessagingConfig } from '../config.ts';
import type { Projections } from '../domain/projections.ts';
import type { Profiles } from '../domain/user-directory.ts';
import { Acquaintances } from './acquaintances.ts';
import { everyoneVisible, ProjectedUserDirectory, type VisibleTo } from './projected-user-directory.ts';
import { requestProfiles } from './request-profiles.ts';

interface DirectoryStorage {
  profiles: Profiles;
  projections: Pick<Projections, 'findAcquaintances'>;
}

/** The directory in which one finds whom the policy lets one find. */
export function createDirectory(
  bus: Bus,
  { profiles, projections }: DirectoryStorage,
  policy: MessagingConfig['DIRECTORY'],
): ProjectedUserDirectory {
  return new ProjectedUserDirectory(profiles, requestProfiles(bus), visibleTo(policy, projections));
}

function visibleTo(
  policy: MessagingConfig['DIRECTORY'],
  projections: DirectoryStorage['projections'],
): VisibleTo {
  if (policy === 'everyone') return everyoneVisible;
  const acquaintances = new Acquaintances(projections);
  return (viewerId, ids) => acquaintances.among(viewerId, ids);
}
