/** What must hold in every run, whatever goes wrong in it. */
export type Invariant =
  | 'revs are dense'
  | 'seqs are dense'
  | 'a key has one message'
  | 'a command has one entry'
  | 'no entry of a removed member'
  | 'nothing acknowledged is lost'
  | 'an answer says what the log says'
  | 'a refusal was due'
  | 'unavailable means that nothing happened'
  | 'what was acknowledged can be read'
  | 'a removed member reads nothing'
  | 'what was read stays'
  | 'reads say what the log says'
  | 'deleted texts are gone'
  | 'read markers go forward'
  | 'projections equal the fold'
  | 'everything is published'
  | 'only what is stored is published'
  | 'no mark goes before its entry was published'
  | 'sync misses nothing'
  | 'nothing fails unexpectedly'
  | 'everything comes to rest';

export interface Violation {
  invariant: Invariant;
  detail: string;
}

/** Keeps the first: what follows one may be its fault. */
export class Violations {
  first: Violation | undefined;

  add(invariant: Invariant, detail: string): void {
    this.first ??= { invariant, detail };
  }

  /** @returns whether it held. */
  expect(holds: boolean, invariant: Invariant, detail: () => string): boolean {
    if (!holds) this.add(invariant, detail());
    return holds;
  }
}
