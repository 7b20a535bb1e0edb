// Asks the registry whether anything that runs in production has vulnerabilities that are known. Ends with 77, which
// counts as skipped, where the registry does not answer that.
import { spawnSync } from 'node:child_process';
import { readAudit } from './read-audit.mjs';

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json', '--fetch-retries=0'], {
  encoding: 'utf8',
});
const { unanswered, vulnerable = [] } = readAudit(stdout);

if (unanswered !== undefined) {
  console.log(`The registry does not say what is vulnerable: ${unanswered}`);
  process.exitCode = 77;
} else if (vulnerable.length > 0) {
  console.log(`Known vulnerabilities:\n${vulnerable.map((line) => `  ${line}`).join('\n')}`);
  process.exitCode = 1;
} else {
  console.log('No vulnerabilities are known.');
}
