import type { Account, Accounts } from './account.ts';
import type { TimeCodes } from './second-factor.ts';

const atOnce = 500;

/**
 * Has every secret sealed under all of the keys that there are, so that the older of them can go. One that is changed at the
 * same moment is looked at again.
 */
export async function resealSecondFactors(
  accounts: Accounts,
  timeCodes: Pick<TimeCodes, 'reseal'>,
): Promise<void> {
  let afterId: string | undefined;
  do {
    const page: Account[] = await accounts.listWithSecondFactor(atOnce, afterId);
    for (const account of page) await resealOne(account, accounts, timeCodes);
    afterId = page.length === atOnce ? page.at(-1)?.id : undefined;
  } while (afterId !== undefined);
}

async function resealOne(
  before: Account,
  accounts: Accounts,
  timeCodes: Pick<TimeCodes, 'reseal'>,
): Promise<void> {
  let account: Account | undefined = before;
  while (account?.secondFactor) {
    const seals = timeCodes.reseal({ seals: account.secondFactor.seals, ownerId: account.id });
    if (seals === undefined) return;
    const secondFactor = { ...account.secondFactor, seals };
    if (await accounts.replaceSecondFactor({ ...account, secondFactor, version: account.version + 1 }))
      return;
    account = await accounts.findById(account.id);
  }
}
