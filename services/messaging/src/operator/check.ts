import type { OperatorContext } from '@natter/platform';
import type { Archives } from '../audit/archives.ts';
import { auditAll } from '../audit/audit-all.ts';
import { type Finding, type FindingKind, findingKinds } from '../audit/finding.ts';
import { counted } from './counted.ts';

export type CheckOutput = Pick<OperatorContext, 'say' | 'progress'>;

const maxExamples = 5;

/**
 * Goes through all logs and says what is wrong.
 *
 * @param lookAgainAfterMs see `auditAll`.
 * @returns how many findings there are.
 */
export async function check(
  archives: Archives,
  { say, progress }: CheckOutput,
  lookAgainAfterMs?: number,
): Promise<number> {
  const read = { conversations: 0, entries: 0 };
  const report = new Map<FindingKind, { count: number; examples: Finding[] }>();
  await auditAll({
    archives,
    ...(lookAgainAfterMs !== undefined && { lookAgainAfterMs }),
    onRead: (entries) => {
      read.entries += entries;
      progress(`Read ${counted(read.entries, 'entry', 'entries')} …`);
    },
    onConversation: () => {
      read.conversations += 1;
    },
    onFinding: (finding) => {
      const found = report.get(finding.kind) ?? { count: 0, examples: [] };
      found.count += 1;
      if (found.examples.length < maxExamples) found.examples.push(finding);
      report.set(finding.kind, found);
    },
  });
  const looked = `Looked at ${counted(read.conversations, 'conversation')}`;
  if (report.size === 0) say(`${looked}: nothing is wrong.`);
  else say([`${looked}.`, ...linesOf(report)].join('\n'));
  return [...report.values()].reduce((sum, { count }) => sum + count, 0);
}

type Report = ReadonlyMap<FindingKind, { count: number; examples: readonly Finding[] }>;

function linesOf(report: Report): string[] {
  const kinds = Object.keys(findingKinds) as FindingKind[];
  return kinds.flatMap((kind) => {
    const { count, examples } = report.get(kind) ?? { count: 0, examples: [] };
    if (count === 0) return [];
    const lines = examples.map(({ conversationId, detail }) => `  ${conversationId}: ${detail}`);
    const more = count > examples.length ? ['  …'] : [];
    return [`${kind}: ${count.toLocaleString('en')} (${findingKinds[kind]})`, ...lines, ...more];
  });
}
