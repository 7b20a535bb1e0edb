import { describe, expect, test } from '@jest/globals';
import { serviceEnvironment } from './service-environment.ts';

const stack = {
  natsUrl: 'nats://127.0.0.1:1',
  natsPrefix: 'natter',
  mongoUrl: 'mongodb://127.0.0.1:2/?directConnection=true',
  host: '127.0.0.1',
  signingKeyFile: '/data/keys/signing-key.pem',
  compileCache: '/cache/compiled',
};
const users = { name: 'users', adminPort: 3, port: undefined } as const;
const gateway = { name: 'gateway', adminPort: 4, port: 8001 } as const;

describe('the environment of a service', () => {
  test('says where the servers are and where to listen', () => {
    expect(serviceEnvironment({}, gateway, stack)).toMatchObject({
      NATS_URL: stack.natsUrl,
      MONGODB_URL: stack.mongoUrl,
      ADMIN_HOST: '127.0.0.1',
      ADMIN_PORT: '4',
      HOST: '127.0.0.1',
      PORT: '8001',
    });
  });

  test('lets Node keep what it has compiled, where the person has not said where', () => {
    expect(serviceEnvironment({}, users, stack).NODE_COMPILE_CACHE).toBe(stack.compileCache);
    const own = { NODE_COMPILE_CACHE: '/own' };
    expect(serviceEnvironment(own, users, stack).NODE_COMPILE_CACHE).toBe('/own');
  });

  test('passes on what else the person has set', () => {
    expect(serviceEnvironment({ LOG_LEVEL: 'debug', PORT: '9' }, users, stack)).toMatchObject({
      LOG_LEVEL: 'debug',
      PORT: '9',
    });
  });

  test('opens the registration only where nothing is said about it', () => {
    expect(serviceEnvironment({}, users, stack).REGISTRATION).toBe('open');
    expect(serviceEnvironment({ REGISTRATION: '' }, users, stack).REGISTRATION).toBe('open');
    expect(serviceEnvironment({ REGISTRATION: 'closed' }, users, stack).REGISTRATION).toBe('closed');
  });

  test('opens no registration to others than this machine by itself', () => {
    const exposed = { ...stack, host: '0.0.0.0' };
    expect(serviceEnvironment({}, users, exposed).REGISTRATION).toBe('closed');
    expect(serviceEnvironment({ REGISTRATION: 'open' }, users, exposed).REGISTRATION).toBe('open');
  });

  test('gives the signing key to users alone, and only where the person gave none', () => {
    expect(serviceEnvironment({}, users, stack).JWT_PRIVATE_KEY_FILE).toBe(stack.signingKeyFile);
    expect(serviceEnvironment({}, gateway, stack)).not.toHaveProperty('JWT_PRIVATE_KEY_FILE');
    const own = serviceEnvironment({ JWT_PRIVATE_KEY_FILE: 'own.pem' }, users, stack);
    expect(own.JWT_PRIVATE_KEY_FILE).toBe('own.pem');
  });

  test('never has a setting both by value and by file', () => {
    expect(serviceEnvironment({ NATS_URL_FILE: '/secret' }, users, stack).NATS_URL_FILE).toBeUndefined();
  });
});
