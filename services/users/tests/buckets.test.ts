import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Deadline } from '@natter/bus';
import { knownDevices } from '@natter/contracts';
import { Stack } from './_stack.ts';

let stack: Stack;

beforeEach(async () => {
  stack = await Stack.create();
});
afterEach(() => stack.close());

test('when the service is ready there are the buckets that gateways count wrong passwords in', async () => {
  const soon = Deadline.in(600_000);
  const devices = stack.bus.keyValue(knownDevices);
  await expect(devices.get('key', soon)).rejects.toMatchObject({ code: 'service_unavailable' });
  await stack.startService();
  await devices.update('key', () => ({}), soon);
  expect(await devices.get('key', soon)).toEqual({});
});
