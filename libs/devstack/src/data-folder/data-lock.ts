import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LaunchError } from '../launch-error.ts';

const sqliteBusy = 5;

/**
 * Holds a data folder for this process. Node offers no lock on files, but SQLite takes one, and the system lets go of
 * it with the process, however that ends: there is no stale lock to judge.
 *
 * @throws {LaunchError} when another process holds it.
 */
export function lockDataFolder(folder: string): Disposable {
  const database = new DatabaseSync(path.join(folder, 'launcher.lock'));
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode !== sqliteBusy) throw error;
    throw new LaunchError(
      `Natter runs already on the data in ${folder}. Stop that one, or choose another folder: NATTER_DATA=other npm start`,
    );
  }
  return { [Symbol.dispose]: () => database.close() };
}
