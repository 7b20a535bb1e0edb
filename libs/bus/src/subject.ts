import type { EventDefinition, Operation, PushDefinition, ServiceName } from '@natter/contracts';

const unfit = /[.*>\s\p{Cc}]/u;

/**
 * One token of a subject out of a value from outside. Throws a `RangeError` on what would be no token,
 * several, or a wildcard: "", ".", "*", ">", blanks, control characters, ill-formed Unicode.
 */
export function tokenise(value: string): string {
  if (value === '' || unfit.test(value) || !value.isWellFormed()) {
    throw new RangeError(`not a token of a subject: ${JSON.stringify(value)}`);
  }
  return value;
}

/** `<prefix>.rpc.<service>.v1.<operation>` */
export function operationSubject(prefix: string, operation: Operation): string {
  return `${prefix}.rpc.${operation.service}.v1.${operation.name}`;
}

/** `<prefix>.rpc.<service>.v1.<operation>.at.<instance>`: the operation of one process. */
export function instanceSubject(prefix: string, operation: Operation, instance: string): string {
  return `${operationSubject(prefix, operation)}.at.${instance}`;
}

/** `<prefix>.push.<service>.v1.instance.<state>`: where the processes of a service say that they serve, and that they leave. */
export function presenceSubject(prefix: string, service: ServiceName, state: string): string {
  return `${prefix}.push.${service}.v1.instance.${state}`;
}

/** `<prefix>.event.<service>.v1.<noun>.<verb>` */
export function eventSubject(prefix: string, event: EventDefinition): string {
  return `${prefix}.event.${event.service}.v1.${event.noun}.${event.verb}`;
}

/** `<prefix>.push.<service>.v1.<noun>.<verb>`, and the address where pushes of the kind have one. */
export function pushSubject(prefix: string, push: PushDefinition, address?: string): string {
  if ((push.addressed === true) !== (address !== undefined)) {
    throw new RangeError(`${push.noun}.${push.verb} ${push.addressed ? 'needs an' : 'has no'} address`);
  }
  const subject = `${prefix}.push.${push.service}.v1.${push.noun}.${push.verb}`;
  return address === undefined ? subject : `${subject}.${tokenise(address)}`;
}

/** What every push of a kind matches. */
export function pushSubjects(prefix: string, push: PushDefinition): string {
  const subject = `${prefix}.push.${push.service}.v1.${push.noun}.${push.verb}`;
  return push.addressed ? `${subject}.*` : subject;
}

/** What a connection of that name hears answers under: a prefix of its own, so that nobody else can listen in. */
export function inboxPrefix(name: string): string {
  return `_INBOX_${tokenise(name)}`;
}

/**
 * Whether a request may be answered to that subject: an inbox, also one that NATS rewrote on the way from another
 * cluster or account, or none. Else whoever may ask us could have us publish where they may not.
 */
export function mayBeAnswered(reply = ''): boolean {
  return reply === '' || /^_(INBOX|GR_|R_)/.test(reply);
}

/** What every event of a service matches. */
export function eventSubjects(prefix: string, service: ServiceName): string {
  return `${prefix}.event.${service}.>`;
}
