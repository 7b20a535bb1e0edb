import type { Handler } from '@natter/bus';
import { type ErrorCode, NatterError, type SessionGrant, usernameSchema } from '@natter/contracts';
import type { RecordAudit } from '../domain/audit-log.ts';
import type { Directory } from '../domain/directory.ts';
import type { Profile } from '../domain/profile.ts';

export interface LoginRecording {
  directory: Directory;
  record: RecordAudit;
}

/** The same handler, which also records the sessions that it begins. */
export function recordLogins(handler: Handler, { record }: Pick<LoginRecording, 'record'>): Handler {
  return {
    operation: handler.operation,
    handle: async (request, context) => {
      const grant = await handler.handle(request, context);
      const { user, session } = grant as SessionGrant;
      const { requestId, address } = context;
      record({
        kind: 'login.succeeded',
        by: 'user',
        requestId,
        address,
        userId: user.id,
        username: user.username,
        sessionId: session.id,
      });
      return grant;
    },
  };
}

/** What an attempt is recorded for, and what is said of it. */
const failures: Partial<Record<ErrorCode, string | undefined>> = {
  invalid_credentials: undefined,
  second_factor_required: 'the right password without a code',
  wrong_code: 'the right password with a wrong code',
};

/**
 * The same handler, of credentials, which also records those that are wrong, or not enough; its answer does not wait for that. What
 * was typed as a username is recorded only where it is somebody's: it may be a password, typed in the wrong place.
 */
export function recordFailedLogins(handler: Handler, { directory, record }: LoginRecording): Handler {
  return {
    operation: handler.operation,
    handle: async (request, context) => {
      try {
        return await handler.handle(request, context);
      } catch (error) {
        if (error instanceof NatterError && error.code in failures) {
          const detail = failures[error.code];
          const { requestId, address } = context;
          void whoseName(directory, Object(request).username).then((whose) =>
            record({
              kind: 'login.failed',
              by: 'user',
              requestId,
              address,
              ...(detail && { detail }),
              ...whose,
            }),
          );
        }
        throw error;
      }
    },
  };
}

async function whoseName(directory: Directory, typed: unknown) {
  const username = usernameSchema.safeParse(typed);
  if (!username.success) return { detail: 'no username' };
  try {
    const [profile]: Profile[] = await directory.find({ usernames: [username.data] });
    return profile ? { userId: profile.id, username: profile.username } : { detail: 'unknown username' };
  } catch {
    return { detail: 'the database could not tell whose username it was' };
  }
}
