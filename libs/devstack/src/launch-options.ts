import { parseArgs } from 'node:util';
import { LaunchError } from './launch-error.ts';
import { type ServiceName, serviceNames } from './services/service-names.ts';

export interface LaunchOptions {
  /** How many processes of each service. */
  readonly replicas: Readonly<Record<ServiceName, number>>;
  /** Whether alice, bob and carol are wanted. */
  readonly demo: boolean;
}

const maxReplicas = 16;

const known = 'Known are --replicas gateway=2,messaging=2,users=2 (any of them) and --no-demo.';

/** @throws {LaunchError} that says what is wrong and what would be right. */
export function parseLaunchOptions(args: readonly string[]): LaunchOptions {
  const values = parseValues(args);
  return { replicas: parseReplicas(values.replicas), demo: values['no-demo'] !== true };
}

function parseValues(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { replicas: { type: 'string', default: '' }, 'no-demo': { type: 'boolean' } },
    }).values;
  } catch (error) {
    // Node's first sentence says what is wrong; the rest is about how programs in general take arguments.
    throw new LaunchError(`${(error as Error).message.split('. ')[0]}. ${known}`);
  }
}

function parseReplicas(text: string): Record<ServiceName, number> {
  const replicas = { gateway: 1, messaging: 1, users: 1 };
  for (const part of text === '' ? [] : text.split(',')) {
    const [, name, count] = /^(\w+)=(\d{1,2})$/.exec(part.trim()) ?? [];
    if (!isServiceName(name) || !isCount(Number(count))) {
      throw new LaunchError(
        `--replicas does not take "${part}": a service, "=", and 1 to ${maxReplicas}. ${known}`,
      );
    }
    replicas[name] = Number(count);
  }
  return replicas;
}

function isServiceName(name: string | undefined): name is ServiceName {
  return (serviceNames as readonly (string | undefined)[]).includes(name);
}

function isCount(count: number): boolean {
  return count >= 1 && count <= maxReplicas;
}
