import { expect, test } from '@jest/globals';
import { userChanged } from '@natter/contracts';
import { freePorts } from '@natter/devstack';
import { NatsBroker, uniqueName } from '@natter/testkit';
import { connect } from 'nats';
import { connectBus } from '../src/index.ts';
import { failure, until } from './_bus.ts';
import { profile } from './_operations.ts';
import { recordingLogger } from './_recording-logger.ts';

/** Three servers that are one NATS. */
async function runCluster(stack: AsyncDisposableStack): Promise<NatsBroker[]> {
  const ports = await freePorts(3);
  const routes = ports.map((port) => `nats://127.0.0.1:${port}`);
  const starting = routes.map(async (cluster, index) => {
    const extra = ['--name', `n${index}`, '--cluster_name', 'test', '--cluster', cluster];
    const broker = stack.use(await NatsBroker.create({ extra: [...extra, '--routes', routes.join(',')] }));
    await broker.start();
    return broker;
  });
  return Promise.all(starting);
}

test('an event is kept by as many servers of a cluster as the settings say', async () => {
  await using stack = new AsyncDisposableStack();
  const brokers = await runCluster(stack);
  const url = brokers.map((broker) => broker.url).join(',');
  const prefix = uniqueName();
  const publish = async (version: number, streamReplicas: number | undefined) => {
    const logger = recordingLogger();
    const bus = await connectBus({ url, name: 'users', prefix, logger, streamReplicas });
    const isStored = async () =>
      !(await failure(bus.publish(userChanged, profile(version), { id: `${version}` }))).error;
    // A cluster has no JetStream before it has chosen a leader.
    await until(`event ${version} to be stored`, isStored);
    await bus.close();
  };
  const nats = await connect({ servers: brokers.map((broker) => broker.url) });
  stack.defer(() => nats.close());
  const { streams } = await nats.jetstreamManager({ checkAPI: false });
  const stream = () => streams.info(`${prefix}_users`);

  await publish(1, undefined);
  expect((await stream()).config.num_replicas).toBe(1);
  await publish(2, 3);
  expect((await stream()).config.num_replicas).toBe(3);
  await publish(3, undefined);
  expect((await stream()).config.num_replicas).toBe(3);
});
