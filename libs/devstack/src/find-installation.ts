import { type Environment, OperatorError } from '@natter/platform';
import { RunFile } from './data-folder/run-file.ts';
import { readLaunchSettings } from './launch-settings.ts';

/**
 * The environment with the servers of the installation that is meant: those that are given, else those of a running
 * `npm start`.
 *
 * @throws {OperatorError} when there is neither.
 */
export function findInstallation(environment: Environment): Environment {
  const { NATTER_DATA: data, NATS_URL, MONGODB_URL } = readLaunchSettings(environment);
  const run = new RunFile(data).read();
  const nats = NATS_URL ?? run?.nats.url;
  const mongo = MONGODB_URL ?? run?.mongo.url;
  if (nats === undefined || mongo === undefined) {
    throw new OperatorError(
      `Natter does not run on the data in ${data}: start it (npm start), name its folder (NATTER_DATA), or set NATS_URL and MONGODB_URL.`,
    );
  }
  // A setting may be given by value or by file, and both is an error.
  return { ...environment, NATS_URL: nats, NATS_URL_FILE: '', MONGODB_URL: mongo, MONGODB_URL_FILE: '' };
}
