import { mongoServer, type ServerKind } from '@natter/devstack';
import { GenericContainer, getContainerRuntimeClient, type StartedTestContainer, Wait } from 'testcontainers';
import type { TestServer } from './test-server.ts';

const mongoPort = 27017;

/** Whether a Docker engine (or what testcontainers takes for one) is running. */
export async function hasContainerEngine(): Promise<boolean> {
  try {
    await getContainerRuntimeClient();
    return true;
  } catch {
    return false;
  }
}

export function startContainer(kind: ServerKind): Promise<TestServer> {
  return kind.name === 'NATS' ? startNats() : startMongo();
}

async function startNats(): Promise<TestServer> {
  const image = 'nats:2.12-alpine';
  const container = await new GenericContainer(image)
    .withCommand(['--jetstream', '--store_dir', '/data'])
    .withExposedPorts(4222)
    .withWaitStrategy(Wait.forLogMessage('Server is ready'))
    .start();
  return testServer(container, image, `nats://${container.getHost()}:${container.getMappedPort(4222)}`);
}

async function startMongo(): Promise<TestServer> {
  const image = 'mongo:8';
  const container = await new GenericContainer(image)
    .withCommand(['--replSet', 'natter', '--bind_ip_all'])
    .withExposedPorts(mongoPort)
    .withWaitStrategy(Wait.forListeningPorts())
    .start();
  const address = `${container.getHost()}:${container.getMappedPort(mongoPort)}`;
  const url = `mongodb://${address}/?directConnection=true`;
  await mongoServer.prepare?.(url, `127.0.0.1:${mongoPort}`);
  return testServer(container, image, url);
}

function testServer(container: StartedTestContainer, image: string, url: string): TestServer {
  return { url, title: `container ${image}`, stop: async () => void (await container.stop()) };
}
