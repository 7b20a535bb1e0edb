import { describe, expect, it } from '@jest/globals';
import { checkSettings } from './check-settings.ts';

describe('checkSettings', () => {
  it('takes an environment in which nothing is set', () => {
    expect(() => checkSettings({})).not.toThrow();
  });

  it('names the faults of the launcher and of every service in one message', () => {
    const environment = { PORT: 'abc', LOG_LEVEL: 'loud', AUTH_BASIC: 'maybe', ACCESS_TOKEN_SECONDS: '1' };
    for (const name of Object.keys(environment))
      expect(() => checkSettings(environment)).toThrow(`${name}: `);
  });

  it('names a key file that is not there beside the other faults', () => {
    const environment = { JWT_PRIVATE_KEY_FILE: '/nonexistent.pem', RATE_LIMIT: 'maybe' };
    for (const name of Object.keys(environment))
      expect(() => checkSettings(environment)).toThrow(`${name}: `);
  });
});
