import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GatewayService, gatewaySettings } from '@natter/gateway';
import { MessagingService, messagingSettings } from '@natter/messaging';
import { parseConfig } from '@natter/platform';
import { waitFor } from '@natter/testkit';
import { UsersService, usersSettings } from '@natter/users';
import mongoose from 'mongoose';
import { monitored, type WatchedCommands, watchCommands } from './watch-commands.ts';

export interface NatterInOneProcess {
  readonly url: string;
  readonly commands: WatchedCommands;
  /** Stops it, and removes what it has stored. */
  stop(): Promise<void>;
}

/** The three services in this process, so that what their drivers send can be seen. */
export async function startInOneProcess(servers: {
  natsUrl: string;
  mongoUrl: string;
  logLevel: string;
}): Promise<NatterInOneProcess> {
  const name = `hostile-${randomBytes(6).toString('hex')}`;
  const folder = await mkdtemp(path.join(tmpdir(), 'natter-hostile-'));
  const settings = await settingsFor(name, folder, servers);
  const gateway = GatewayService.create(parseConfig(gatewaySettings, settings));
  const services = [
    await UsersService.create(parseConfig(usersSettings, { ...settings, MONGODB_DATABASE: `${name}-users` })),
    MessagingService.create(
      parseConfig(messagingSettings, { ...settings, MONGODB_DATABASE: `${name}-messaging` }),
    ),
    gateway,
  ];
  for (const service of services) await service.start();
  await waitFor(async () => (await fetch(`${gateway.url}/readyz`)).ok, {
    what: 'the gateway',
    timeoutMs: 60_000,
  });
  return {
    url: gateway.url,
    commands: watchCommands(),
    stop: async () => {
      await dropDatabases(name);
      for (const service of services.toReversed()) await service.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function settingsFor(
  name: string,
  folder: string,
  { natsUrl, mongoUrl, logLevel }: { natsUrl: string; mongoUrl: string; logLevel: string },
): Promise<Record<string, string>> {
  const keyFile = path.join(folder, 'key.pem');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await writeFile(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return {
    NATS_URL: natsUrl,
    NATS_PREFIX: name,
    MONGODB_URL: monitored(mongoUrl),
    JWT_PRIVATE_KEY_FILE: keyFile,
    LOG_LEVEL: logLevel,
    PORT: '0',
    REGISTRATION: 'open',
    RATE_LIMIT: 'off',
  };
}

async function dropDatabases(name: string): Promise<void> {
  const own = mongoose.connections.filter((connection) => connection.name?.startsWith(name));
  await Promise.all(own.map((connection) => connection.dropDatabase()));
}
