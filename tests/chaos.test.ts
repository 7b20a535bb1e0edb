import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Balancer } from '../chaos/balancer.ts';
import { Installation } from '../chaos/installation.ts';
import { People } from '../chaos/people.ts';
import { planRuns } from '../chaos/plan.ts';
import { run } from '../chaos/run.ts';

/** A test must not fail for a request that crosses the end of an idle connection: HTTP/1.1 has no answer to that. */
const balancerOptions = { watch: true, keepAlive: false };

let installation: Installation;
let people: People;

beforeAll(async () => {
  installation = await Installation.start();
  using balancer = new Balancer(installation.gateways, balancerOptions);
  people = await People.register(balancer);
});
afterAll(async () => {
  await installation.stop();
  installation.remove();
});

/** The short form of `npm run chaos`: nobody is there to choose a seed, and any would do. */
it.each(
  planRuns(1, { rounds: 1 }).filter(({ name }) =>
    ['rolling-restart', 'wipe-nats', 'reset-mongo'].includes(name),
  ),
)(
  'keeps every promise through $name',
  async (planned) => {
    const { faults } = await run(
      planned,
      { installation, people },
      { quietMs: 1_000, balancer: balancerOptions },
    );
    expect(faults).toEqual([]);
  },
  150_000,
);
