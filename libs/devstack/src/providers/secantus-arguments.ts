import type { ServerPlace } from './server-program.ts';

export const secantusCaveat = 'a MongoDB-compatible stand-in: for trying Natter, not for production';

/** Both servers lose acknowledged writes in a crash of the machine without `--sync-on-commit`. */
export async function secantusArguments({ port, folder }: ServerPlace): Promise<readonly string[]> {
  return ['--host', '127.0.0.1', '--port', String(port), '--storage-path', folder, '--sync-on-commit'];
}
