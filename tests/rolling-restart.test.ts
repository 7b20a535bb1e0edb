import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Balancer } from '../chaos/balancer.ts';
import { Installation } from '../chaos/installation.ts';
import { People } from '../chaos/people.ts';
import { planRuns } from '../chaos/plan.ts';
import { run } from '../chaos/run.ts';

/** A test must not fail for a request that crosses the end of an idle connection: HTTP/1.1 has no answer to that. */
const balancer = { keepAlive: false };

/** The short form of `npm run chaos -- --only rolling-restart`; any seed would do. */
const planned = planRuns(1, { rounds: 1, replicas: 1 }).filter(({ name }) => name === 'rolling-restart');

let installation: Installation | undefined;

beforeAll(async () => {
  installation = await Installation.start();
}, 150_000);
afterAll(async () => {
  await installation?.stop();
  installation?.remove();
}, 60_000);

it.each(planned)(
  'fails no request and abandons nothing while $fault.description',
  async (rolling) => {
    if (installation === undefined) throw new Error('Natter did not start');
    using first = new Balancer(installation.gateways, balancer);
    const people = await People.register(first);
    const { faults } = await run(rolling, { installation, people }, { quietMs: 0, balancer });
    expect(faults).toEqual([]);
  },
  300_000,
);
