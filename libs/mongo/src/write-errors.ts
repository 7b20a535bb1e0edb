import mongoose from 'mongoose';

const {
  MongoBulkWriteError,
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
} = mongoose.mongo;

const duplicateKeyCode = 11_000;

/** Failures to get a connection at all; the driver exports no classes for them. */
const checkoutErrorNames = new Set([
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoWaitQueueTimeoutError',
]);

/**
 * The server did nothing: it is not the primary, or refused the credentials of the connection that was to be made.
 * (AuthenticationFailed, NotWritablePrimary, NotPrimaryNoSecondaryOk)
 */
const refusalCodes = new Set<unknown>([18, 10_107, 13_435]);

/**
 * The server went away under the operation, or could not say in time whether a majority has it.
 * (WriteConcernFailed, ShutdownInProgress, PrimarySteppedDown, InterruptedAtShutdown,
 * InterruptedDueToReplStateChange, NotPrimaryOrSecondary)
 */
const interruptedCodes = new Set<unknown>([64, 91, 189, 11_600, 11_602, 13_436]);

/** Of the system's own errors. */
const brokenConnectionCodes = new Set<unknown>(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/**
 * The fields of the unique index that refused a single write, or undefined for any other error. Where several
 * indexes would have refused it, the server names any one of them.
 */
export function duplicateKeyOf(error: unknown): readonly string[] | undefined {
  if (!(error instanceof MongoServerError) || error instanceof MongoBulkWriteError) return undefined;
  if (error.code !== duplicateKeyCode) return undefined;
  return Object.keys(error['keyPattern'] ?? {});
}

/**
 * How many documents of an ordered `insertMany` went in before one was refused by a unique index, or undefined
 * for any other error. (Which index it was, a bulk write does not say.)
 */
export function insertedBeforeDuplicate(error: unknown): number | undefined {
  if (!(error instanceof MongoBulkWriteError) || error.code !== duplicateKeyCode) return undefined;
  // Without a majority, what went in before may yet be taken back.
  return isUnconfirmed(error) ? undefined : error.insertedCount;
}

/**
 * Whether nothing ran at all: no server was found, or the one found said that it won't. (A bulk write of no more
 * than one command is meant: of a larger one some may have run.)
 */
export function isNotRun(error: unknown): boolean {
  if (isUnconfirmed(error)) return false;
  const cause = causeOf(error);
  return (
    cause instanceof MongoServerSelectionError ||
    cause instanceof MongoNotConnectedError ||
    cause instanceof MongoTopologyClosedError ||
    isConnectFailure(cause) ||
    (cause instanceof MongoError && (checkoutErrorNames.has(cause.name) || refusalCodes.has(cause.code)))
  );
}

/** Whether the database, not the operation, is at fault: the operation may have run, or not. */
export function isUnavailable(error: unknown): boolean {
  if (isUnconfirmed(error)) return true;
  const cause = causeOf(error);
  if (isNotRun(cause) || cause instanceof MongoNetworkError || isSocketFailure(cause)) return true;
  return cause instanceof MongoError && interruptedCodes.has(cause.code);
}

/** The write ran, but it is not known that a majority has it: whatever the code says, that is no refusal. */
function isUnconfirmed(error: unknown): boolean {
  return (
    error instanceof MongoWriteConcernError ||
    (error instanceof MongoBulkWriteError && error.result.getWriteConcernError() !== undefined)
  );
}

/** No connection could be made, so there was nothing to send the operation over. */
function isConnectFailure(error: unknown): boolean {
  if (!(error instanceof MongoNetworkError)) return false;
  const cause: NodeJS.ErrnoException | undefined = error.cause;
  return cause?.syscall === 'connect' || cause?.syscall === 'getaddrinfo';
}

/** Where a connection breaks while the driver waits to write on, it lets the system's own error through. */
function isSocketFailure(error: unknown): boolean {
  const { code }: { code?: unknown } = Object(error);
  return brokenConnectionCodes.has(code);
}

/** A bulk write wraps what went wrong underneath. */
function causeOf(error: unknown): unknown {
  return error instanceof MongoBulkWriteError && error.errorResponse instanceof Error
    ? error.errorResponse
    : error;
}

/**
 * Which operations of an unordered bulk write a unique index refused, by their place in it, or undefined when
 * anything else went wrong.
 */
export function refusedAsDuplicates(error: unknown): readonly number[] | undefined {
  if (!(error instanceof MongoBulkWriteError) || isUnconfirmed(error)) return undefined;
  // Without a single one, something underneath went wrong and the bulk write only wraps it.
  const failures = [error.writeErrors].flat();
  return failures.length > 0 && failures.every(({ code }) => code === duplicateKeyCode)
    ? failures.map(({ index }) => index)
    : undefined;
}
