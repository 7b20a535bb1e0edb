import path from 'node:path';
import { type Environment, integerSetting, parseConfig } from '@natter/platform';
import envPaths from 'env-paths';
import { z } from 'zod';

/** What `npm start` itself reads; everything else in the environment is for the services. */
export const launchSettings = z.object({
  PORT: integerSetting(0, 65_535).prefault('8000').describe('Port of the first gateway; 0 takes free ones'),
  HOST: z.string().default('127.0.0.1').describe('Address that the gateways listen on'),
  NATTER_DATA: z
    .string()
    .default('.natter')
    .transform((folder) => path.resolve(folder))
    .describe('Data of the embedded servers'),
  NATTER_CACHE: z
    .string()
    .default(envPaths('natter', { suffix: '' }).cache)
    .transform((folder) => path.resolve(folder))
    .describe("Servers fetched once; by default in the user's cache folder"),
  NATS_URL: z.string().optional().describe('NATS servers to use instead of an embedded one'),
  NATS_PREFIX: z.string().default('natter'),
  MONGODB_URL: z.string().optional().describe('MongoDB replica set to use instead of an embedded one'),
});

export type LaunchSettings = z.output<typeof launchSettings>;

/** @throws {ConfigError} naming every fault. */
export function readLaunchSettings(environment: Environment): LaunchSettings {
  return parseConfig(launchSettings, environment);
}
