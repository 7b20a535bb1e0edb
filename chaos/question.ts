export interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  /** Undefined where there was no answer. */
  readonly status: number | undefined;
  /** Of the problem, or of the connection's failure. */
  readonly code: string | undefined;
  readonly body: unknown;
}

export type Ask = (question: Question) => Promise<Answer>;

export function succeeded({ status }: Pick<Answer, 'status'>): boolean {
  return status !== undefined && status >= 200 && status < 300;
}
