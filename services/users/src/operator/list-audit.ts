import { type Bus, Deadline } from '@natter/bus';
import { type AuditRecord, listAudit as listAuditOperation } from '@natter/contracts';
import { OperatorError } from '@natter/platform';
import { uuidv7 } from 'uuidv7';

const withinMs = 10_000;

const atOnce = 500;

/** The longest that a kind and a username can be. */
const kindWidth = 28;
const usernameWidth = 32;

export interface AuditOptions {
  user?: string | undefined;
  /** A day or a time, as typed. */
  since?: string | undefined;
}

/** Says a line for each record, the latest first, or that there is none. @throws {OperatorError} when what was typed is no name, or no time. */
export async function listAudit(
  bus: Bus,
  { user: username, since: typed }: AuditOptions,
  say: (line: string) => void,
): Promise<void> {
  const since = typed === undefined ? undefined : timeOf(typed);
  let beforeId: string | undefined;
  let none = true;
  do {
    const request = listAuditOperation.request.safeParse({ username, since, beforeId, limit: atOnce });
    if (!request.success) throw new OperatorError(`--user: ${request.error.issues[0]?.message}`);
    const context = { requestId: uuidv7(), deadline: Deadline.in(withinMs) };
    const { records } = await bus.call(listAuditOperation, request.data, context);
    for (const record of records) say(lineOf(record));
    none &&= records.length === 0;
    beforeId = records.length === atOnce ? records.at(-1)?.id : undefined;
  } while (beforeId !== undefined);
  if (none) say(noneOf({ username, since }));
}

function noneOf({ username, since }: { username: string | undefined; since: string | undefined }): string {
  const whose = username === undefined ? '' : ` about ${username}`;
  const from = since === undefined ? '' : ` since ${since}`;
  return `The audit log has nothing${whose}${from}.`;
}

function timeOf(typed: string): string {
  const time = new Date(typed);
  if (Number.isNaN(time.getTime())) throw new OperatorError('--since must be a day or a time: 2026-01-31');
  return time.toISOString();
}

function lineOf({ at, kind, username = '-', by, ...more }: AuditRecord): string {
  const rest = [
    `by ${by}`,
    more.address && `from ${more.address}`,
    more.sessionId && `session ${more.sessionId}`,
    more.requestId && `request ${more.requestId}`,
    more.detail,
  ];
  return [at, kind.padEnd(kindWidth), username.padEnd(usernameWidth), ...rest.filter(Boolean)].join('  ');
}
