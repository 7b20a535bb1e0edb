import type { Bus, Handler } from '@natter/bus';
import { databaseAbsence } from '@natter/mongo';
import type { Lifecycle } from '@natter/platform';
import type { AuditRecorder } from '../audit/audit-recorder.ts';
import { recordWithUsernames } from '../audit/record-with-usernames.ts';
import { requestAcquaintances } from '../clients/request-acquaintances.ts';
import type { UsersConfig } from '../config.ts';
import type { EndAllSessions } from '../domain/end-all-sessions.ts';
import type { TellEnded } from '../domain/end-session.ts';
import type { Passwords } from '../domain/passwords.ts';
import type { TimeCodes } from '../domain/second-factor.ts';
import type { Storage } from '../domain/storage.ts';
import { createVisibility } from '../domain/visibility.ts';
import type { Relay } from '../events/relay.ts';
import { createHandlers } from '../handlers/create-handlers.ts';
import { createJwtAccessTokens } from '../tokens/jwt-access-tokens.ts';
import type { SigningKeys } from '../tokens/signing-keys.ts';

const maxInFlight = 256;

const dayMs = 24 * 60 * 60 * 1_000;

export interface ServingNeeds {
  bus: Bus;
  storage: Storage;
  passwords: Passwords;
  timeCodes: TimeCodes;
  keys: SigningKeys;
  relay: Relay;
  audit: AuditRecorder;
  endAll: EndAllSessions;
  tellEnded: TellEnded;
  settings: UsersConfig;
}

/** Answers requests, from now on. */
export async function startServing(lifecycle: Lifecycle, needs: ServingNeeds): Promise<void> {
  const { version } = lifecycle.owner;
  const options = { service: 'users', version, maxInFlight, absenceOf: databaseAbsence } as const;
  const serving = await needs.bus.serve(handlersOf(needs), options);
  lifecycle.onStop(
    () => `requests being handled: ${serving.inFlight}`,
    () => serving.stop(),
  );
}

function handlersOf(needs: ServingNeeds): Handler[] {
  const { bus, storage, keys, relay, audit, settings } = needs;
  return createHandlers({
    storage,
    passwords: needs.passwords,
    timeCodes: needs.timeCodes,
    ...sessionSettings(keys, settings),
    signingKeys: keys.map((key) => key.published),
    visibility: createVisibility(settings.DIRECTORY, requestAcquaintances(bus)),
    registration: settings.REGISTRATION,
    endAll: needs.endAll,
    tellEnded: needs.tellEnded,
    announce: (profile) => relay.announce(profile),
    record: recordWithUsernames(audit.record, storage.directory),
    now: () => new Date(),
  });
}

function sessionSettings([signingKey]: SigningKeys, settings: UsersConfig) {
  const { JWT_ISSUER: issuer, JWT_AUDIENCE: audience, ACCESS_TOKEN_SECONDS: lifetimeSeconds } = settings;
  return {
    accessTokens: createJwtAccessTokens(signingKey, { issuer, audience, lifetimeSeconds }),
    lifetimes: {
      accessTokenMs: lifetimeSeconds * 1_000,
      idleMs: settings.SESSION_IDLE_DAYS * dayMs,
      mostMs: settings.SESSION_MAX_DAYS * dayMs,
    },
  };
}
