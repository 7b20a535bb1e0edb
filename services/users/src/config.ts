import { KeyObject } from 'node:crypto';
import {
  commonSettings,
  databaseSettings,
  directorySettings,
  integerSetting,
  registrationSettings,
  streamSettings,
} from '@natter/platform';
import { z } from 'zod';
import { readSigningKey } from './tokens/read-signing-key.ts';

const key = z.custom<KeyObject>((value) => value instanceof KeyObject);

const keyFiles = z
  .string('Must name a PEM file (PKCS#8) with a private P-256 key, or several, comma-separated')
  .transform((list) => list.split(',').map((file) => file.trim()))
  .transform((files, context) =>
    files.flatMap((file) => {
      try {
        return [readSigningKey(file)];
      } catch (error) {
        context.addIssue((error as Error).message);
        return [];
      }
    }),
  )
  .pipe(z.tuple([key], key));

export const usersSettings = z.object({
  ...commonSettings,
  ...streamSettings,
  ...databaseSettings('users'),
  ...registrationSettings,
  ...directorySettings,
  JWT_PRIVATE_KEY_FILE: keyFiles.describe(
    'PEM files (PKCS#8) with private P-256 keys, comma-separated; the first signs, all are published',
  ),
  JWT_ISSUER: z.string().default('natter').describe('`iss` of the access tokens'),
  JWT_AUDIENCE: z.string().default('natter-api').describe('`aud` of the access tokens'),
  ACCESS_TOKEN_SECONDS: integerSetting(60, 86_400)
    .prefault('600')
    .describe('For how long an access token is good'),
  AUDIT_DAYS: integerSetting(1, 3_650)
    .prefault('90')
    .describe('For how long it is remembered who logged in, failed to, changed or revoked what'),
  SESSION_IDLE_DAYS: integerSetting(1, 400)
    .prefault('30')
    .describe('After how many days without a refresh a session ends'),
  SESSION_MAX_DAYS: integerSetting(1, 3_650)
    .prefault('365')
    .describe('After how many days a session ends however much it is used, so that its user logs in again'),
});

export type UsersConfig = z.output<typeof usersSettings>;
