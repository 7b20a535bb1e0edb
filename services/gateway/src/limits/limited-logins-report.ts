import { type Bus, Deadline } from '@natter/bus';
import {
  type LimitedLogins,
  mostLimitedLogins,
  reportLimitedLogins,
  usernameSchema,
} from '@natter/contracts';
import { type Logger, type Repeating, repeat } from '@natter/platform';
import { uuidv7 } from 'uuidv7';
import { addressKey } from './address-key.ts';
import type { PasswordAttempt, PasswordLimit } from './password-guard.ts';

/** Milliseconds: for an account or an address there is one record of this in the audit log, however many it is about. */
const reportEveryMs = 60_000;

/** Milliseconds, within which a gateway that stops has to get rid of the last of them, too. */
const answerWithinMs = 3_000;

const summed = 'others';

/**
 * Tells the users service, for its audit log, what the password guard refused. It is counted here and told once in a
 * minute, so that no refusal waits for it, and a flood of them is a few records.
 */
export class LimitedLoginsReport {
  readonly #bus: Pick<Bus, 'call'>;
  readonly #logger: Pick<Logger, 'warn'>;
  readonly #refused = new Map<string, LimitedLogins>();
  #repeating: Repeating | undefined;

  constructor(bus: Pick<Bus, 'call'>, logger: Pick<Logger, 'warn'>) {
    this.#bus = bus;
    this.#logger = logger;
  }

  note(limit: PasswordLimit, { username: typed, context }: PasswordAttempt): void {
    const { requestId } = context;
    const address = addressKey(context.address);
    if (limit === 'password') {
      const username = usernameSchema.safeParse(typed).data;
      this.#add({ limit: 'account', username, address, requestId, count: 1 });
    } else {
      this.#add({ limit: 'address', address, requestId, count: 1 });
    }
  }

  /** Begins to report once in a minute. */
  start(): void {
    this.#repeating = repeat(() => this.report(), {
      everyMs: reportEveryMs,
      delayMs: reportEveryMs,
      onFailure: (error) =>
        this.#logger.warn({ err: error }, 'could not have refused log-ins recorded; trying on'),
    });
  }

  /** Reports what is left. */
  async stop(): Promise<void> {
    await this.#repeating?.stop();
    await this.report().catch((error: unknown) =>
      this.#logger.warn(
        { err: error, logins: [...this.#refused.values()] },
        'refused log-ins stay unrecorded',
      ),
    );
  }

  /** Reports what was refused since the last time. @throws what the bus does; then it is all reported next time. */
  async report(): Promise<void> {
    const logins = [...this.#refused.values()];
    if (logins.length === 0) return;
    this.#refused.clear();
    const context = { requestId: uuidv7(), deadline: Deadline.in(answerWithinMs) };
    try {
      await this.#bus.call(reportLimitedLogins, { logins }, context);
    } catch (error) {
      for (const login of logins) this.#add(login);
      throw error;
    }
  }

  #add(login: LimitedLogins): void {
    const key = keyOf(login);
    const known = this.#refused.get(key);
    if (known !== undefined) known.count += login.count;
    else if (key === summed || this.#refused.size < mostLimitedLogins) this.#refused.set(key, { ...login });
    else this.#add({ limit: summed, count: login.count });
  }
}

function keyOf({ limit, username = '', address }: LimitedLogins): string {
  return limit === summed ? summed : [limit, username, address].join(' ');
}
