import type { Bus } from '@natter/bus';
import { headsReported, type PushedBy } from '@natter/contracts';
import { uuidv7 } from 'uuidv7';
import type { Entry } from '../domain/entry.ts';
import { joinedBy } from './joined-by.ts';

type Report = PushedBy<typeof headsReported>;

/** What one message of the bus has room for, several times over. */
const mostInOne = 2_000;

/** What every gateway is told of entries that it should have been told of one by one. */
export class HeadReports {
  readonly #bus: Pick<Bus, 'hint'>;
  readonly #processId = uuidv7();
  #heads = new Map<string, number>();
  #joined: Report['joined'] = [];
  #number = 0;

  constructor(bus: Pick<Bus, 'hint'>) {
    this.#bus = bus;
  }

  /** Entries that were pushed, or could not be. After that, so that nobody reads what is on its way to them. */
  add(entries: readonly Entry[]): void {
    for (const entry of entries) {
      const { conversationId, rev } = entry;
      this.#heads.set(conversationId, Math.max(rev, this.#heads.get(conversationId) ?? 0));
      for (const userId of joinedBy(entry)) this.#joined.push({ userId, conversationId, rev });
    }
  }

  /** Says what was added since it last did. What can't be said while NATS is away is said later. */
  tell({ last = false } = {}): void {
    const heads = [...this.#heads].map(([conversationId, rev]) => ({ conversationId, rev }));
    const joined = this.#joined;
    this.#heads = new Map();
    this.#joined = [];
    do {
      const part = { heads: heads.splice(0, mostInOne), joined: joined.splice(0, mostInOne) };
      const isLast = last && heads.length === 0 && joined.length === 0;
      if (!this.#tellPart({ ...part, last: isLast })) this.#keep(part);
    } while (heads.length > 0 || joined.length > 0);
  }

  #tellPart(part: Pick<Report, 'heads' | 'joined' | 'last'>): boolean {
    const number = this.#number + 1;
    const told = this.#bus.hint(headsReported, { processId: this.#processId, number, ...part });
    if (told) this.#number = number;
    return told;
  }

  #keep({ heads, joined }: Pick<Report, 'heads' | 'joined'>): void {
    for (const { conversationId, rev } of heads) this.#heads.set(conversationId, rev);
    this.#joined.push(...joined);
  }
}
