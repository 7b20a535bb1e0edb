/**
 * What `npm audit --json` found out: `unanswered` where the registry tells of no vulnerabilities at all, as mirrors may
 * not, and else a line for each package that has some.
 *
 * @param {string} output
 * @returns {{ unanswered: string } | { vulnerable: string[] }}
 */
export function readAudit(output) {
  const report = parse(output);
  if (report?.vulnerabilities === undefined) {
    return { unanswered: report?.message ?? report?.error?.summary ?? 'npm audit said nothing' };
  }
  const vulnerable = Object.values(report.vulnerabilities).map(
    ({ name, severity, range, via }) => `${name} ${range}: ${severity}, ${via.map(reasonOf).join('; ')}`,
  );
  return { vulnerable };
}

/** An advisory, or the name of a package that has one. */
const reasonOf = (via) => (typeof via === 'string' ? `by ${via}` : `${via.title} (${via.url})`);

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
