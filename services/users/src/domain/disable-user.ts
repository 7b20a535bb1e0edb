import type { Account } from './account.ts';

/** The account, closed: no session of before goes on, and its password opens nothing. */
export function disabledAccount(account: Account): Account {
  const { sessionEpoch, version } = account;
  return { ...account, disabled: true, sessionEpoch: sessionEpoch + 1, version: version + 1 };
}

/** The account, open again. Whoever has its password logs in anew. */
export function enabledAccount(account: Account): Account {
  return { ...account, disabled: false, version: account.version + 1 };
}
