import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { knownDevices } from '@natter/contracts';
import { Stack } from './_stack.ts';

let stack: Stack;

beforeEach(async () => {
  stack = await Stack.create();
});
afterEach(() => stack.close());

test('when the service is ready there are the buckets that gateways count wrong passwords in', async () => {
  const devices = stack.bus.keyValue(knownDevices);
  await expect(devices.get('key')).rejects.toMatchObject({ code: 'service_unavailable' });
  await stack.startService();
  await devices.update('key', () => ({}));
  expect(await devices.get('key')).toEqual({});
});
