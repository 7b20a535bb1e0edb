import type { RecordAudit } from '../domain/audit-log.ts';
import type { Directory } from '../domain/directory.ts';

/** The same, and with the username of whom an event is about also where the one who tells of it knows only the id. */
export function recordWithUsernames(record: RecordAudit, directory: Directory): RecordAudit {
  return (event) => {
    const { userId, username } = event;
    if (userId === undefined || username !== undefined) record(event);
    else void usernameOf(directory, userId).then((found) => record({ ...event, username: found }));
  };
}

async function usernameOf(directory: Directory, userId: string): Promise<string | undefined> {
  try {
    const [profile] = await directory.find({ ids: [userId] });
    return profile?.username;
  } catch {
    // The id says who it is, too; the database, whose absence this is, is reported by whoever waits for it.
    return undefined;
  }
}
