import { describe, expect, test } from '@jest/globals';
import { LaunchError } from './launch-error.ts';
import { parseLaunchOptions } from './launch-options.ts';

describe('the options of npm start', () => {
  test('are one process of each service, and demo users, where nothing is said', () => {
    expect(parseLaunchOptions([])).toEqual({ replicas: { gateway: 1, messaging: 1, users: 1 }, demo: true });
  });

  test('take replicas of some services', () => {
    expect(parseLaunchOptions(['--replicas', 'gateway=2,messaging=3']).replicas).toEqual({
      gateway: 2,
      messaging: 3,
      users: 1,
    });
  });

  test('leave the demo users out', () => {
    expect(parseLaunchOptions(['--no-demo']).demo).toBe(false);
  });

  test.each([
    [['--what'], "Unknown option '--what'. Known are --replicas"],
    [['more'], "Unexpected argument 'more'. Known are"],
    [['--replicas'], 'argument missing. Known are'],
    [['--replicas', 'gateway'], 'does not take "gateway"'],
    [['--replicas', 'gateway=0'], 'does not take "gateway=0"'],
    [['--replicas', 'gateway=17'], 'does not take "gateway=17"'],
    [['--replicas', 'gatewax=2'], 'does not take "gatewax=2"'],
  ])('%j is refused with what is wrong and what would be right', (args, message) => {
    expect(() => parseLaunchOptions(args)).toThrow(LaunchError);
    expect(() => parseLaunchOptions(args)).toThrow(message);
  });
});
