import { randomUUID } from 'node:crypto';
import { type Bus, connectBus, Deadline } from '@natter/bus';
import type { Operation, RequestOf } from '@natter/contracts';
import { MessagingService, messagingSettings } from '@natter/messaging';
import { ensureIndexes, MongoConnection } from '@natter/mongo';
import { createLogger, parseConfig } from '@natter/platform';
import { uniqueName } from '@natter/testkit';
import { provideServers } from '@natter/testkit/servers';
import { Filler } from './fill.ts';

/** A messaging service with an empty database of its own, on the servers that `npm test` would take. */
export async function startMessaging() {
  const servers = await provideServers(process.env);
  const name = uniqueName();
  const environment = {
    NATS_URL: servers.nats.url,
    NATS_PREFIX: name,
    MONGODB_URL: servers.mongo.url,
    MONGODB_DATABASE: name,
    LOG_LEVEL: 'warn',
    ADMIN_PORT: '0',
  };
  const logger = createLogger({ name: 'bench', level: 'warn' });
  const mongo = new MongoConnection({ url: servers.mongo.url, database: name, logger, retryWrites: false });
  const filler = new Filler(mongo);
  await mongo.open(AbortSignal.timeout(10_000));
  await ensureIndexes(mongo.mongoose);
  const service = MessagingService.create(parseConfig(messagingSettings, environment));
  await service.start();
  const bus = await connectBus({ url: servers.nats.url, name: 'bench', prefix: name, logger });
  return {
    title: `${servers.nats.title}, ${servers.mongo.title}`,
    filler,
    call: caller(bus),
    stop: async () => {
      await bus.close();
      await service.stop();
      await mongo.mongoose.dropDatabase().catch((error: Error) => {
        console.log(
          `\nDatabase ${name} may still be there, since dropping it took too long: ${error.message}`,
        );
      });
      await mongo.close();
      await servers.stop();
    },
  };
}

function caller(bus: Bus) {
  return <O extends Operation>(operation: O, request: RequestOf<O>) =>
    bus.call(operation, request, { requestId: randomUUID(), deadline: Deadline.in(30_000) });
}
