export const shared = {
  moduleFileExtensions: ['ts', 'mjs', 'js', 'cjs', 'json', 'node'],
  testEnvironment: '<rootDir>/scripts/jest/environment.mjs',
  testRunner: '<rootDir>/scripts/jest/runner.mjs',
  transform: {},
};

const withServers = {
  ...shared,
  globalSetup: '<rootDir>/libs/testkit/src/global-setup.ts',
  globalTeardown: '<rootDir>/libs/testkit/src/global-teardown.ts',
};

export default {
  // More than the cores of a small machine: many tests wait for a server most of the time.
  maxWorkers: 3,
  // One that ends later counts as held open by a test. Jest's half a second passes on a busy machine without any leak.
  workerGracefulExitTimeout: 10_000,
  testTimeout: 180_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/{libs,services}/*/src/**/*.test.ts',
        '<rootDir>/{chaos,hostile}/**/*.test.ts',
        '<rootDir>/scripts/*.test.mjs',
      ],
    },
    { ...shared, displayName: 'kubernetes', testMatch: ['<rootDir>/k8s/tests/**/*.test.ts'] },
    {
      ...withServers,
      displayName: 'integration',
      testMatch: ['<rootDir>/{libs,services}/*/tests/**/*.test.ts'],
    },
    { ...withServers, displayName: 'end-to-end', testMatch: ['<rootDir>/tests/*.test.ts'] },
  ],
};
