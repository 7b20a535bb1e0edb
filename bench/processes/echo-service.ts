import { connectBus, implement } from '@natter/bus';
import { listEndedSessions, listSigningKeys, type SigningKey, sendMessage } from '@natter/contracts';
import { createLogger } from '@natter/platform';
import { sentMessage } from './sent-message.ts';

// In place of users and messaging: answers at once, so that what is measured is the way there and back.

const { NATS_URL: url = '', NATS_PREFIX: prefix = '', PUBLIC_JWK = '' } = process.env;
const logger = createLogger({ name: 'echo', level: 'warn' });
const { x, y } = JSON.parse(PUBLIC_JWK);
const key: SigningKey = { kty: 'EC', crv: 'P-256', x, y, kid: 'bench', alg: 'ES256', use: 'sig' };

const bus = await connectBus({ url, name: 'echo', prefix, logger });
const serve = { version: '0.0.0', maxInFlight: 512 };
const users = [
  implement(listSigningKeys, async () => ({ keys: [key] })),
  implement(listEndedSessions, async () => ({ sessions: [] })),
];
await bus.serve(users, { ...serve, service: 'users' });
await bus.serve([implement(sendMessage, async () => ({ message: sentMessage, replayed: false }))], {
  ...serve,
  service: 'messaging',
});
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
