import { ErrorCode, NatsError } from 'nats';

/** JetStream's own codes: server/errors.json of nats-server. */
const consumerNotFound = 10_014;
const noMessageFound = 10_037;
const streamNameTaken = 10_058;
const streamNotFound = 10_059;
const wrongLastSequence = 10_071;
const consumerExists = 10_148;
const wrongLastSequenceInCluster = 10_164;

function hasCode(error: unknown, code: string): boolean {
  return error instanceof NatsError && error.code === code;
}

function hasJetStreamCode(error: unknown, code: number): boolean {
  return error instanceof NatsError && error.jsError()?.err_code === code;
}

/** Nobody serves the subject: the broker said so, and nothing ran. */
export function isNoResponders(error: unknown): boolean {
  return hasCode(error, ErrorCode.NoResponders);
}

export function isTimeout(error: unknown): boolean {
  return hasCode(error, ErrorCode.Timeout);
}

export function isPayloadTooLarge(error: unknown): boolean {
  return hasCode(error, ErrorCode.MaxPayloadExceeded);
}

export function isRefusedCredentials(error: unknown): boolean {
  return error instanceof NatsError && error.isAuthError();
}

export function isStreamNotFound(error: unknown): boolean {
  return hasJetStreamCode(error, streamNotFound);
}

export function isConsumerNotFound(error: unknown): boolean {
  return hasJetStreamCode(error, consumerNotFound);
}

/** The stream exists with another configuration. */
export function isStreamNameTaken(error: unknown): boolean {
  return hasJetStreamCode(error, streamNameTaken);
}

/** The consumer exists with another configuration. */
export function isConsumerNameTaken(error: unknown): boolean {
  return hasJetStreamCode(error, consumerExists);
}

/** The stream holds nothing under that subject. */
export function isNoMessageFound(error: unknown): boolean {
  return hasJetStreamCode(error, noMessageFound);
}

/** Somebody else wrote to the subject first. */
export function isWrongLastSequence(error: unknown): boolean {
  return hasJetStreamCode(error, wrongLastSequence) || hasJetStreamCode(error, wrongLastSequenceInCluster);
}
