import { getUser, userChanged } from '@natter/contracts';
import { connectBus, Deadline, implement } from '../src/index.ts';
import { alice, profile } from './_operations.ts';
import { recordingLogger } from './_recording-logger.ts';

/** A whole process that uses everything of the bus, and only closes it. */
const [url = '', prefix = ''] = process.argv.slice(2);
const bus = await connectBus({ url, name: 'short-life', prefix, logger: recordingLogger() });
await bus.serve([implement(getUser, async () => alice)], {
  service: 'users',
  version: '0.1.0',
  maxInFlight: 1,
});
await bus.call(getUser, { id: alice.id }, { requestId: 'short-life', deadline: Deadline.in(1_000) });
const consumed = Promise.withResolvers<void>();
await bus.consume(userChanged, {
  durable: 'short-life',
  handle: async () => consumed.resolve(),
  deadLetter: async () => {},
});
await bus.publish(userChanged, profile(1), { id: 'one' });
await consumed.promise;
await bus.close();
