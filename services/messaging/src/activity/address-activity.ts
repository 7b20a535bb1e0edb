import type { activityPushed, PushedBy } from '@natter/contracts';
import type { Blocks } from '../domain/blocks.ts';
import type { Projections } from '../domain/projections.ts';
import type { Profile, UserDirectory } from '../domain/user-directory.ts';
import type { Activity } from './activity-services.ts';

type ActivityPush = PushedBy<typeof activityPushed>;

export interface AddressServices {
  blocks: Pick<Blocks, 'listApart'>;
  projections: Pick<Projections, 'findConversation'>;
  directory: Pick<UserDirectory, 'profilesOf'>;
}

/** Says for whom an activity is; for nobody where whose it is is no more. */
export async function addressActivity(
  services: AddressServices,
  activity: Activity,
): Promise<ActivityPush | undefined> {
  const { rev, type, data } = activity;
  const { userId } = data;
  const profile = (await services.directory.profilesOf([userId])).get(userId);
  if (profile === undefined) return undefined;
  const audience = audienceOf(activity, profile);
  const hiddenFrom = audience === 'self' ? [] : await membersApart(services, activity);
  const named = { type, data: { ...data, username: profile.username } };
  return { activity: named as ActivityPush['activity'], rev, audience, hiddenFrom };
}

function audienceOf({ type }: Activity, { receipts }: Profile): ActivityPush['audience'] {
  if (type === 'typing') return 'others';
  return receipts === 'shared' ? 'everyone' : 'self';
}

/** Most are kept apart from nobody: only for the others it is looked who the members are. */
async function membersApart(
  { blocks, projections }: AddressServices,
  { data: { conversationId, userId } }: Activity,
): Promise<string[]> {
  const apart = new Set(await blocks.listApart(userId));
  if (apart.size === 0) return [];
  const conversation = await projections.findConversation(conversationId);
  return conversation?.members.map(({ id }) => id).filter((id) => apart.has(id)) ?? [];
}
