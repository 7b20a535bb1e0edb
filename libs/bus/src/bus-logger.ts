type Log = (fields: object, message: string) => void;

/** Where the bus says what happens to it; pino's `Logger` fits. */
export interface BusLogger {
  debug: Log;
  info: Log;
  warn: Log;
  error: Log;
}
