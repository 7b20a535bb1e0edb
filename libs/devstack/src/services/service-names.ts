/** In the order in which they stop: whoever asks before who answers. */
export const serviceNames = ['gateway', 'messaging', 'users'] as const;

export type ServiceName = (typeof serviceNames)[number];
