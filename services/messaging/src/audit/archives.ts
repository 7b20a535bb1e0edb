import type { LogArchive } from '../domain/log-archive.ts';
import type { ProjectionArchive } from '../domain/projection-archive.ts';
import type { SearchArchive } from '../domain/search-archive.ts';

/** The logs, and all that is folded from them. */
export interface Archives {
  log: LogArchive;
  projections: ProjectionArchive;
  search: SearchArchive;
}
