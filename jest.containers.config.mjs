import { shared } from './jest.config.mjs';

/** `npm run test:containers`: the images, built and brought up as docker-compose.yml says. */
export default {
  ...shared,
  displayName: 'containers',
  testMatch: ['<rootDir>/tests/containers/*.test.ts'],
  globalSetup: '<rootDir>/tests/containers/_require-docker.ts',
  testTimeout: 120_000,
};
