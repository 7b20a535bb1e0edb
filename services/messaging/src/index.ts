export { type MessagingConfig, messagingSettings } from './config.ts';
export { messagingCommands } from './operator/messaging-commands.ts';
export type { OperatorContext } from './operator/operator-context.ts';
export { OperatorError } from './operator/operator-context.ts';
export { MessagingService } from './service.ts';
