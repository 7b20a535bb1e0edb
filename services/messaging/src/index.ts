export { type MessagingConfig, messagingSettings } from './config.ts';
export { MessagingService } from './service.ts';
