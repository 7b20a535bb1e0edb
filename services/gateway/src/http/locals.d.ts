declare namespace Express {
  /** What is known of a request while it is answered. */
  interface Locals {
    requestId: string;
    /** To be asked of `addressOf`. */
    address?: string | undefined;
    /** The path of the route, with the names of its parameters. */
    route?: string;
    userId?: string | undefined;
    /** Whether the answer is a stream. */
    stream?: true;
  }
}
