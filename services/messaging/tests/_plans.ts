import type { Connection } from 'mongoose';
import type { Command } from './_monitored.ts';

/** How a server says that it does a query. */
interface Plan {
  indexes: Set<string>;
  stages: Set<string>;
  returned: number;
  keys: number;
  documents: number;
}

/** The finds of some commands, and what their writes look for. */
export const findsIn = (commands: readonly Command[]): Command[] =>
  commands.flatMap((command) => {
    const { find, filter, sort, limit, skip, projection, aggregate } = command;
    if (aggregate !== undefined) return [findOfCount(command)];
    if (find !== undefined) return [withoutGaps({ find, filter, sort, limit, skip, projection })];
    const writes: { q: object }[] = command['updates'] ?? command['deletes'] ?? [];
    return writes.map(({ q }) => ({ find: command['update'] ?? command['delete'], filter: q }));
  });

/** A count of documents is an aggregation that matches, limits and groups. */
function findOfCount({ aggregate: find, pipeline }: Command): Command {
  const [{ $match: filter }, { $limit: limit }] = pipeline;
  return { find, filter, limit };
}

export async function explain(connection: Connection, find: Command): Promise<Plan> {
  const answer = await connection.db?.command({ explain: find, verbosity: 'executionStats' });
  const plan = JSON.stringify(answer?.['queryPlanner'].winningPlan);
  const valuesOf = (name: string) =>
    new Set([...plan.matchAll(new RegExp(`"${name}":"([^"]+)"`, 'g'))].map(([, value = '']) => value));
  const stats = answer?.['executionStats'];
  const stages = valuesOf('stage');
  return {
    // A look-up of one `_id` has a stage of its own, which names no index.
    indexes: stages.has('IDHACK') ? new Set(['_id_']) : valuesOf('indexName'),
    stages,
    returned: stats.nReturned,
    keys: stats.totalKeysExamined,
    documents: stats.totalDocsExamined,
  };
}

function withoutGaps(command: Command): Command {
  return Object.fromEntries(Object.entries(command).filter(([, value]) => value !== undefined));
}
