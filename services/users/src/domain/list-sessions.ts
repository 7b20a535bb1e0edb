import { createCursor } from './cursor.ts';
import type { Session, Sessions } from './session.ts';

const cursors = createCursor('sessions/1/');

export interface ListSessions {
  callerId: string;
  limit: number;
  cursor?: string | undefined;
  at: Date;
}

export interface SessionPage {
  sessions: Session[];
  /** The cursor of the page after this one. */
  next: string | null;
}

/** One session more than the page holds is read, to know whether there is another page. */
export async function pageOfSessions(sessions: Sessions, command: ListSessions): Promise<SessionPage> {
  const { callerId: userId, limit, cursor, at } = command;
  const beforeId = cursor === undefined ? undefined : cursors.decode(cursor);
  const found = await sessions.list({ userId, aliveAt: at, beforeId, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { sessions: page, next: last && found.length > limit ? cursors.encode(last.id) : null };
}
