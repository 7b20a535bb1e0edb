import { highestGroupMaxMembers } from '@natter/contracts';
import { uniqueName } from '@natter/testkit';
import type { MessagingConfig } from '../src/config.ts';

/** Settings for one test file: the servers of the run, and names that no other file uses. */
export function testSettings(): MessagingConfig {
  const name = uniqueName();
  return {
    LOG_LEVEL: 'silent',
    NATS_URL: required('TEST_NATS_URL'),
    NATS_PREFIX: name,
    ADMIN_HOST: '127.0.0.1',
    ADMIN_PORT: 0,
    OTEL_TRACES_SAMPLER_ARG: 1,
    MONGODB_URL: required('TEST_MONGODB_URL'),
    MONGODB_DATABASE: name,
    GROUP_MAX_MEMBERS: highestGroupMaxMembers,
    DIRECTORY: 'everyone',
    WEBHOOK_ALLOW_PRIVATE: 'off',
  };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests by npm test`);
  return value;
}
