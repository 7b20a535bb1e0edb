import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { connectBus, Deadline } from '@natter/bus';
import { createUser, NatterError } from '@natter/contracts';
import { createLogger } from '@natter/platform';
import { LaunchError } from './launch-error.ts';

export const demoUsers = ['alice', 'bob', 'carol'] as const;

export const demoPassword = 'natter-demo';

const answerWithinMs = 15_000;

/** Says that the demo users are in the data, so that data with a password known to all is never served to others. */
const markerFile = (dataFolder: string) => path.join(dataFolder, 'demo-users');

/** Whether an earlier start, or this one, put the demo users into the data. */
export function holdsDemoUsers(dataFolder: string): boolean {
  return existsSync(markerFile(dataFolder));
}

/** @throws {LaunchError} when the data holds the demo users, and others than this machine could reach them. */
export function refuseToExposeDemoUsers(dataFolder: string, host: string): void {
  if (!holdsDemoUsers(dataFolder)) return;
  throw new LaunchError(
    `The data in ${dataFolder} holds the demo users, whose password everybody knows, and HOST=${host} would let others than this machine use them. Choose another folder: NATTER_DATA=other HOST=${host} npm start`,
  );
}

/** Creates the demo users, those that are not there yet; none where not everybody may register. */
export async function createDemoUsers(
  options: { natsUrl: string; natsPrefix: string; dataFolder: string },
  signal: AbortSignal,
): Promise<void> {
  const logger = createLogger({ name: 'devstack', level: 'silent' });
  const bus = await connectBus(
    { url: options.natsUrl, name: 'devstack', prefix: options.natsPrefix, logger },
    signal,
  );
  const heldBefore = holdsDemoUsers(options.dataFolder);
  writeFileSync(markerFile(options.dataFolder), `${demoUsers.join(' ')}\n`);
  const create = (username: string) =>
    bus.call(
      createUser,
      { username, password: demoPassword },
      { requestId: `demo-user-${username}`, deadline: Deadline.in(answerWithinMs) },
    );
  try {
    await Promise.all(demoUsers.map((username) => create(username).catch(ignoreTaken)));
  } catch (error) {
    if (!(error instanceof NatterError) || error.code !== 'registration_closed') throw error;
    if (!heldBefore) rmSync(markerFile(options.dataFolder));
  } finally {
    await bus.close();
  }
}

function ignoreTaken(error: unknown): void {
  if (!(error instanceof NatterError) || error.code !== 'username_taken') throw error;
}
