/** The names under which NATS remembers how far messaging has followed an event. */
export const messagingDurables = { profiles: 'messaging-profiles', entries: 'messaging-entries' } as const;
