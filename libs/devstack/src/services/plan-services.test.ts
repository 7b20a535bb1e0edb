import { expect, test } from '@jest/globals';
import { planServices } from './plan-services.ts';

test('there is an entry for each process, with a replica in its label only where there are several', () => {
  const plan = planServices(
    { gateway: 2, messaging: 1, users: 1 },
    { gateways: [8000, 8001], admin: [1, 2, 3, 4] },
  );
  expect(plan).toEqual([
    { name: 'gateway', replica: 1, label: 'gateway.1', adminPort: 1, port: 8000 },
    { name: 'gateway', replica: 2, label: 'gateway.2', adminPort: 2, port: 8001 },
    { name: 'messaging', replica: 1, label: 'messaging', adminPort: 3, port: undefined },
    { name: 'users', replica: 1, label: 'users', adminPort: 4, port: undefined },
  ]);
});
