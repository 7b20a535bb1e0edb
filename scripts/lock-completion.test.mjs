import { describe, expect, test } from '@jest/globals';
import { completePackages, platformOf } from './lock-completion.mjs';

describe('the platform in a name', () => {
  test.each([
    ['@swc/core-linux-arm64-musl', { cpu: ['arm64'], libc: ['musl'], os: ['linux'] }],
    ['@swc/core-linux-arm-gnueabihf', { cpu: ['arm'], libc: ['glibc'], os: ['linux'] }],
    ['@oxlint/binding-win32-ia32-msvc', { cpu: ['ia32'], os: ['win32'] }],
    ['@oxlint-tsgolint/darwin-arm64', { cpu: ['arm64'], os: ['darwin'] }],
    ['@oxc-parser/binding-wasm32-wasi', { cpu: ['wasm32'] }],
    ['fsevents', {}],
  ])('%s', (name, platform) => {
    expect(platformOf(name)).toEqual(platform);
  });
});

describe('completing a lock file', () => {
  const parent = {
    version: '1.0.0',
    dev: true,
    optionalDependencies: { 'a-linux-x64-gnu': '1.0.0', 'a-win32-x64': '1.0.0' },
  };
  const present = { version: '1.0.0', integrity: 'sha512-x', optional: true };

  test('adds what is named and not there, and leaves the rest as it is', () => {
    const { packages, added } = completePackages({
      '': { name: 'root' },
      'node_modules/a': parent,
      'node_modules/a-linux-x64-gnu': present,
    });
    expect(added).toEqual(['node_modules/a-win32-x64']);
    expect(packages['node_modules/a-linux-x64-gnu']).toBe(present);
    expect(packages['node_modules/a-win32-x64']).toEqual({
      version: '1.0.0',
      cpu: ['x64'],
      dev: true,
      optional: true,
      os: ['win32'],
    });
  });

  test('finds an entry that lies inside the package that names it', () => {
    const nested = {
      'node_modules/a': { version: '1.0.0', optionalDependencies: { 'b-linux-x64': '1.0.0' } },
      'node_modules/a/node_modules/b-linux-x64': present,
    };
    expect(completePackages(nested).added).toEqual([]);
  });

  test('puts a second version inside the package that names it', () => {
    const { added } = completePackages({
      'node_modules/a': { version: '1.0.0', optionalDependencies: { 'b-linux-x64': '1.0.0' } },
      'node_modules/c': { version: '1.0.0', optionalDependencies: { 'b-linux-x64': '2.0.0' } },
    });
    expect(added).toEqual(['node_modules/b-linux-x64', 'node_modules/c/node_modules/b-linux-x64']);
  });

  test('completes a complete one to itself', () => {
    const once = completePackages({ 'node_modules/a': parent }).packages;
    expect(completePackages(once)).toEqual({ packages: once, added: [] });
  });

  test('refuses to guess the version of a range', () => {
    const range = { 'node_modules/a': { version: '1.0.0', optionalDependencies: { fsevents: '^2.3.3' } } };
    expect(() => completePackages(range)).toThrow('fsevents is wanted as "^2.3.3"');
  });
});
