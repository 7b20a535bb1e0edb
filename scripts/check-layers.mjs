// Holds the table of docs/decisions/0002-layers.md. A parser that sees no modules would find no violations either.
import { fileURLToPath } from 'node:url';
import { cruise, format } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';

const leastModules = 150;

const options = await extractOptions(fileURLToPath(new URL('../.dependency-cruiser.mjs', import.meta.url)));
const { output } = await cruise(['libs', 'services', 'chaos', 'bench', 'hostile', 'k8s', 'scripts'], options);
const { totalCruised, error } = output.summary;
const report = await format(output, { outputType: 'err' });
console.log(report.output);
if (totalCruised < leastModules)
  console.error(`Only ${totalCruised} modules were seen: the check saw nothing.`);
process.exitCode = error > 0 || totalCruised < leastModules ? 1 : 0;
