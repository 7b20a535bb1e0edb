import { highestGroupMaxMembers, highestMessageMaxCharacters } from '@natter/contracts';
import { commonSettings, groupSettings, integerSetting } from '@natter/platform';
import { z } from 'zod';
import { capacitySettings } from './limits/capacity-settings.ts';
import { limitSettings } from './limits/limit-settings.ts';

export const gatewaySettings = z.object({
  ...commonSettings,
  PORT: integerSetting(0, 65_535).prefault('8000').describe('Port of the HTTP interface; 0 takes a free one'),
  HOST: z.string().default('127.0.0.1').describe('Address of the HTTP interface'),
  REGISTRATION: z
    .enum(['open', 'closed'])
    .default('closed')
    .describe('Whether anyone may make an account; `npm start` sets `open` where nothing is set'),
  AUTH_BASIC: z.enum(['on', 'off']).default('on').describe('HTTP Basic beside bearer tokens'),
  JWT_ISSUER: z.string().default('natter').describe('`iss` of the access tokens'),
  JWT_AUDIENCE: z.string().default('natter-api').describe('`aud` of the access tokens'),
  MESSAGE_MAX_CHARACTERS: integerSetting(1, highestMessageMaxCharacters)
    .prefault('4000')
    .describe('The most characters (code points) in one message'),
  ...groupSettings(highestGroupMaxMembers),
  ...limitSettings,
  ...capacitySettings,
});

export type GatewayConfig = z.output<typeof gatewaySettings>;
