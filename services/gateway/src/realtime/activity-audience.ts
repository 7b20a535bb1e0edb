import type { activityPushed, PushedBy } from '@natter/contracts';

type ActivityPush = Pick<PushedBy<typeof activityPushed>, 'activity' | 'audience' | 'hiddenFrom'>;

/** Whether a member of the conversation is to hear of what another one does, or they themself do on another device. */
export function isForMember({ activity, audience, hiddenFrom }: ActivityPush, userId: string): boolean {
  const isOwn = userId === activity.data.userId;
  if (audience === 'self') return isOwn;
  return isOwn ? audience === 'everyone' : !hiddenFrom.includes(userId);
}
