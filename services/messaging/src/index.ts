export { type MessagingConfig, messagingSettings } from './config.ts';
export { messagingCommands } from './operator/messaging-commands.ts';
export { MessagingService } from './service.ts';
