import { natter as runNatter } from '@natter/operator';
import { findInstallation } from './find-installation.ts';

/** `npm run natter`: the operator's command line. @returns the exit code. */
export function natter(args: readonly string[]): Promise<number> {
  return runNatter(args, {
    name: 'npm run natter --',
    description:
      'Looks after a Natter that runs: by `npm start` in NATTER_DATA, or at NATS_URL and MONGODB_URL.',
    environment: () => findInstallation(process.env),
  });
}
