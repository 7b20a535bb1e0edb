export * from './config.ts';
export * from './health.ts';
export * from './lifecycle.ts';
export * from './logger.ts';
export * from './metrics/bus-metrics.ts';
export * from './metrics/metrics.ts';
export * from './repeat.ts';
export * from './run-service.ts';
