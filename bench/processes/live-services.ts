import { connectBus, implement } from '@natter/bus';
import {
  type Entry,
  entryPushed,
  getCursorKey,
  type LivePosition,
  listEndedSessions,
  listHeads,
  listSigningKeys,
  type SigningKey,
  sync,
} from '@natter/contracts';
import { createLogger } from '@natter/platform';
import { liveEntry } from './live-entry.ts';

// In place of users and messaging: everybody is in one conversation, in which something happens when this is asked.

const { NATS_URL: url = '', NATS_PREFIX: prefix = '', PUBLIC_JWK = '' } = process.env;
const logger = createLogger({ name: 'live-services', level: 'warn' });
const { x, y } = JSON.parse(PUBLIC_JWK);
const key: SigningKey = { kty: 'EC', crv: 'P-256', x, y, kid: 'bench', alg: 'ES256', use: 'sig' };
const { conversationId } = liveEntry(1);
let rev = 1;

const bus = await connectBus({ url, name: 'live-services', prefix, logger });
const serve = { version: '0.0.0', maxInFlight: 512 };
const users = [
  implement(listSigningKeys, async () => ({ keys: [key] })),
  implement(listEndedSessions, async () => ({ sessions: [] })),
];
await bus.serve(users, { ...serve, service: 'users' });
const messaging = [
  implement(listHeads, async () => ({ heads: [{ conversationId, rev }], position: position() })),
  implement(sync, async () => ({ conversations: [], position: position(), hasMore: false })),
  implement(getCursorKey, async () => ({ key: Buffer.alloc(32, 1).toString('base64url') })),
];
await bus.serve(messaging, { ...serve, service: 'messaging' });

process.on('message', (burst: number) => {
  const pushed: Promise<void>[] = [];
  for (let count = 0; count < burst; count += 1) {
    rev += 1;
    pushed.push(push(liveEntry(rev)));
  }
  Promise.all(pushed).then(
    () => process.send?.('pushed'),
    (error: unknown) => logger.error({ err: error }, 'could not push'),
  );
});
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));

async function push(entry: Entry): Promise<void> {
  await bus.push(entryPushed, entry, { address: conversationId });
}

function position(): LivePosition {
  const epoch = '01941f29-7c00-7000-8000-0000000000f1';
  return { kind: 'changes', epoch, at: Date.now(), revs: { [conversationId]: rev } };
}
