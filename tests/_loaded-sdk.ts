// Starts the three services in this process, on the servers of the tests, stops them, and prints which packages of
// OpenTelemetry were loaded meanwhile, as JSON.
import { registerHooks } from 'node:module';

const packages = new Set<string>();

registerHooks({
  load: (url, context, nextLoad) => {
    const [, name] = /node_modules\/(@opentelemetry\/[^/]+)/.exec(url) ?? [];
    if (name) packages.add(name);
    return nextLoad(url, context);
  },
});

// Not before the hooks are there.
const { parseConfig } = await import('@natter/platform');
const { uniqueName } = await import('@natter/testkit');
const { GatewayService, gatewaySettings } = await import('@natter/gateway');
const { MessagingService, messagingSettings } = await import('@natter/messaging');
const { UsersService, usersSettings } = await import('@natter/users');

const common = {
  ...process.env,
  LOG_LEVEL: 'silent',
  NATS_URL: process.env['TEST_NATS_URL'],
  NATS_PREFIX: uniqueName(),
  MONGODB_URL: process.env['TEST_MONGODB_URL'],
  PORT: '0',
};
const services = [
  await UsersService.create(parseConfig(usersSettings, { ...common, MONGODB_DATABASE: uniqueName() })),
  MessagingService.create(parseConfig(messagingSettings, { ...common, MONGODB_DATABASE: uniqueName() })),
  GatewayService.create(parseConfig(gatewaySettings, common)),
];
await Promise.all(services.map((service) => service.start()));
await Promise.all(services.map((service) => service.stop()));
console.log(JSON.stringify([...packages]));
