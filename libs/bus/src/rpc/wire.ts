import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import { errorTable, isErrorCode, NatterError } from '@natter/contracts';
import { type Msg, type MsgHdrs, MsgHdrsImpl, ServiceError, type ServiceMsg } from 'nats';
import { withTrace } from '../tracing/trace-headers.ts';

const requestIdHeader = 'Natter-Request-Id';
const remainingHeader = 'Natter-Remaining-Ms';
const callerHeader = 'Natter-Caller';
const addressHeader = 'Natter-Address';

/** Of the longest IP address, an IPv4 one in IPv6. */
const longestAddress = 45;

/** What a request carries beside its body. */
export interface Envelope {
  requestId: string;
  /** Milliseconds that the caller still waits. */
  remainingMs: number;
  /** The name of the connection that asks. */
  caller: string;
  /** The IP address of the client. */
  address?: string | undefined;
}

/** What a service answered: a value, or an error of the table. */
export type Reply = { kind: 'answered'; response: unknown } | { kind: 'refused'; error: NatterError };

/**
 * With the trace that goes on here. All at once: field by field the client looks each time for others of the name, and
 * spells the name anew.
 *
 * @throws {RangeError} where the id of the request is not of one line.
 */
export function requestHeaders(envelope: Envelope): MsgHdrs {
  const { requestId, caller } = envelope;
  if (/[\r\n]/.test(requestId)) throw new RangeError('an id of a request must be one line');
  const address = ipAddress(envelope.address);
  const fields = MsgHdrsImpl.fromRecord({
    [requestIdHeader]: [requestId],
    [remainingHeader]: [String(Math.floor(envelope.remainingMs))],
    [callerHeader]: [caller],
    ...(address !== undefined && { [addressHeader]: [address] }),
  });
  return withTrace(fields);
}

/**
 * A request without our headers, typed at a NATS prompt, gets an id of its own and no limit of the caller's.
 */
export function readEnvelope(fields: MsgHdrs | undefined): Envelope {
  return {
    requestId: fields?.get(requestIdHeader) || randomUUID(),
    remainingMs: Number(fields?.get(remainingHeader) || Infinity),
    caller: fields?.get(callerHeader) ?? '',
    address: ipAddress(fields?.get(addressHeader)),
  };
}

/** A proxy may say anything to be an address. What stands after `%` is a name of the gateway's own network. */
function ipAddress(said = ''): string | undefined {
  const [address = ''] = said.split('%', 1);
  return address.length <= longestAddress && isIP(address) !== 0 ? address : undefined;
}

/** Answers with the services framework's error headers, and in the body what they have no room for. */
export function respondWithError(message: ServiceMsg, error: NatterError): void {
  const { code, detail, faults, retryAfter } = error;
  const body = new TextEncoder().encode(JSON.stringify({ code, detail, faults, retryAfter }));
  message.respondError(errorTable[code].status, code, body);
}

/** What can't be read is the service's fault: `internal`. */
export function readReply(message: Msg): Reply {
  try {
    if (ServiceError.isServiceError(message)) return { kind: 'refused', error: readError(message) };
    return { kind: 'answered', response: message.json() };
  } catch (cause) {
    return { kind: 'refused', error: new NatterError('internal', { cause }) };
  }
}

function readError(message: Msg): NatterError {
  const { code, ...options } = message.json<{ code: unknown }>();
  return new NatterError(isErrorCode(code) ? code : 'internal', options);
}
