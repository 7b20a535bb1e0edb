/** A frame while it is made. */
export interface FrameDraft {
  type: unknown;
  ref: unknown;
  data: unknown;
  /** Names beside those. */
  readonly beside: [name: string, value: unknown][];
  /** What is sent in its place, as it stands. */
  raw: string | Buffer | undefined;
  isBinary: boolean;
}
