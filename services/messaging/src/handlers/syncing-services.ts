import type { Changes } from '../domain/changes.ts';
import type { CursorKeys } from '../domain/cursor-keys.ts';
import type { ReadingServices } from './reading-services.ts';

/** What it takes to tell clients what they missed. */
export interface SyncingServices extends ReadingServices {
  changes: Changes;
  cursorKeys: CursorKeys;
}
