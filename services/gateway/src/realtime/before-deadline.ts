import type { Deadline } from '@natter/bus';
import { NatterError } from '@natter/contracts';

/**
 * What `work` comes to.
 *
 * @param late takes that where nobody waits for it any more.
 * @throws what `work` throws, and at the deadline {NatterError} `service_unavailable`.
 */
export async function beforeDeadline<T>(
  deadline: Deadline,
  work: Promise<T>,
  late: (result: T) => void,
): Promise<T> {
  const { promise: over, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    work.then(late, () => undefined);
    reject(new NatterError('service_unavailable', { retryAfter: 1 }));
  }, deadline.remainingMs());
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
