import {
  highestGroupMaxMembers,
  highestMessageMaxCharacters,
  secondFactorPolicySchema,
} from '@natter/contracts';
import { commonSettings, groupSettings, integerSetting, registrationSettings } from '@natter/platform';
import { z } from 'zod';
import { allowedOriginsSetting } from './allowed-origins.ts';
import { capacitySettings } from './limits/capacity-settings.ts';
import { limitSettings } from './limits/limit-settings.ts';
import { trustedProxiesSetting } from './trusted-proxies.ts';

export const gatewaySettings = z.object({
  ...commonSettings,
  PORT: integerSetting(0, 65_535).prefault('8000').describe('Port of the HTTP interface; 0 takes a free one'),
  HOST: z.string().default('127.0.0.1').describe('Address of the HTTP interface'),
  DRAIN_SECONDS: integerSetting(0, 5)
    .prefault('1')
    .describe(
      'How long it serves on after it is told to stop and says so at /readyz: longer than whoever chooses between gateways needs to notice',
    ),
  ...registrationSettings,
  SECOND_FACTOR: secondFactorPolicySchema
    .default('optional')
    .describe(
      'Whether a second factor is each user’s choice (`optional`), or a session without one can do nothing but set one up, and HTTP Basic nothing at all (`required`)',
    ),
  AUTH_BASIC: z.enum(['on', 'off']).default('on').describe('HTTP Basic beside bearer tokens'),
  PRESENCE: z
    .enum(['on', 'off'])
    .default('on')
    .describe('Whether who is connected is told to those who share a conversation with them'),
  ALLOWED_ORIGINS: allowedOriginsSetting.describe(
    'Origins of web pages that may use the API, comma-separated (CORS); none where it is not set',
  ),
  TRUSTED_PROXIES: trustedProxiesSetting.describe(
    'Addresses or networks (CIDR) of the proxies whose `X-Forwarded-For` is believed, comma-separated; none where it is not set',
  ),
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
