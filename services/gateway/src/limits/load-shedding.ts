import type { BusyLoop } from './busy-loop.ts';

export interface Capacity {
  /** Requests that may be in flight at once. */
  readonly most: number;
  /** The same while the event loop is busy. */
  readonly mostBusy: number;
  /** Of one address. */
  readonly mostPerAddress: number;
}

export const shedReasons = ['in-flight', 'busy', 'address'] as const;

export type ShedReason = (typeof shedReasons)[number];

/** Says which requests are too many to be taken at all, while saying so is cheap. */
export class LoadShedding {
  readonly #capacity: Capacity;
  readonly #loop: Pick<BusyLoop, 'busy'>;
  readonly #ofAddress = new Map<string, number>();
  #inFlight = 0;

  constructor(capacity: Capacity, loop: Pick<BusyLoop, 'busy'>) {
    this.#capacity = capacity;
    this.#loop = loop;
  }

  /** Why one more request can't be taken; undefined where it can. */
  refusal(address: string): ShedReason | undefined {
    const { most, mostBusy, mostPerAddress } = this.#capacity;
    const { busy } = this.#loop;
    if (this.#inFlight >= most) return 'in-flight';
    if (busy && this.#inFlight >= mostBusy) return 'busy';
    if ((this.#ofAddress.get(address) ?? 0) >= mostPerAddress) return 'address';
    return undefined;
  }

  /** A request is taken; what is returned is called once when it is answered. */
  take(address: string): () => void {
    this.#count(address, 1);
    return () => this.#count(address, -1);
  }

  #count(address: string, change: 1 | -1): void {
    this.#inFlight += change;
    const count = (this.#ofAddress.get(address) ?? 0) + change;
    if (count > 0) this.#ofAddress.set(address, count);
    else this.#ofAddress.delete(address);
  }
}
