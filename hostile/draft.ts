/** A request while it is made. */
export interface Draft {
  method: string;
  /** Of the path's parameters, percent-encoded. */
  readonly parameters: Record<string, string>;
  readonly query: [name: string, value: string][];
  readonly headers: Record<string, string>;
  /** Undefined for none; text and bytes are sent as they are. */
  body: unknown;
}
