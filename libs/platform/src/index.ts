export * from './config.ts';
export * from './health.ts';
export * from './lifecycle.ts';
export * from './logger.ts';
export * from './metrics.ts';
export { natsOptions, natsSettings } from './nats-settings.ts';
export * from './operator-context.ts';
export * from './repeat.ts';
export * from './run-service.ts';
