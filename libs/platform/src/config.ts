import { ConnectionString } from 'mongodb-connection-string-url';
import { z } from 'zod';
import { describeIssue } from './describe-issue.ts';
import { faultsTogether } from './faults-together.ts';
import { natsSettings } from './nats-settings.ts';
import { readSettingFile } from './read-setting-file.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment does not fit the schema; the message names every fault, a line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Parses a service's settings from the environment, once. A variable `X` may be given as `X_FILE`, the path of
 * a file that holds its value (a trailing newline is dropped): the way that container secrets arrive. An empty
 * variable counts as not set; an empty file is a fault.
 *
 * @throws {ConfigError} naming every fault in one message.
 */
export function parseConfig<S extends z.ZodObject>(schema: S, environment: Environment): z.output<S> {
  const values: Record<string, string> = {};
  const unread = new Map<string, string>();
  for (const name of Object.keys(schema.shape)) {
    try {
      const value = readVariable(name, environment);
      if (value !== undefined) values[name] = value;
    } catch (error) {
      unread.set(name, `${name}_FILE: ${(error as Error).message}`);
    }
  }
  const result = schema.safeParse(values);
  const together = faultsTogether(Object.keys(schema.shape), values).filter(({ name }) => !unread.has(name));
  if (result.success && unread.size === 0 && together.length === 0) return result.data;
  // What could not be read is not also missing.
  const issues = result.error?.issues.filter(({ path }) => !unread.has(String(path[0]))) ?? [];
  const faults = [
    ...unread.values(),
    ...issues.map((issue) => faultOf(issue, values, environment)),
    ...together.map(({ name, message }) => `${name}: ${message}`),
  ];
  throw new ConfigError(`The settings are not valid:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
}

/** With the name of the variable that is to be put right. */
function faultOf(issue: z.core.$ZodIssue, values: Environment, environment: Environment): string {
  const name = String(issue.path[0]);
  const isFromFile = values[name] !== undefined && !environment[name];
  return `${isFromFile ? `${name}_FILE` : name}: ${describeIssue(issue, values[name], isFromFile)}`;
}

function readVariable(name: string, environment: Environment): string | undefined {
  const value = environment[name] || undefined;
  const file = environment[`${name}_FILE`] || undefined;
  if (file === undefined) return value;
  if (value !== undefined) throw new Error(`${name} is set as well; set one of the two`);
  const content = readSettingFile(file).replace(/\r?\n$/, '');
  if (content === '') throw new Error(`The file ${file} is empty`);
  return content;
}

function isMongoUrl(text: string): boolean {
  try {
    return new ConnectionString(text).hosts.length > 0;
  } catch {
    return false;
  }
}

/** A whole number between two bounds, written in decimal. */
export function integerSetting(min: number, max: number) {
  const allowed = `Must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, allowed)
    .transform(Number)
    .pipe(z.int().min(min, allowed).max(max, allowed));
}

/** What every service needs to know. Descriptions go into `.env.example` and the README. */
export const commonSettings = {
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('The least level that is logged'),
  NODE_ENV: z
    .string()
    .optional()
    .describe('`production` refuses to start without credentials for NATS and MongoDB, or with weak ones'),
  ...natsSettings,
  ADMIN_HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Address of the admin server (/livez, /readyz, /metrics)'),
  ADMIN_PORT: integerSetting(0, 65_535)
    .prefault('0')
    .describe('Port of the admin server; 0 takes a free one'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'Must be an http:// or https:// URL' })
    .optional()
    .describe('Base URL of an OpenTelemetry collector (OTLP over HTTP) that gets traces; none: no traces'),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(0(\.\d+)?|1(\.0+)?)$/, 'Must be a number from 0 to 1')
    .prefault('1')
    .transform(Number)
    .describe('The share of requests that is traced, 0 to 1, where who asks has not decided it'),
};

/** What a service with a database needs to know. */
export const databaseSettings = (database: string) => ({
  MONGODB_URL: z
    .string()
    .refine(isMongoUrl, 'Must be a URL of MongoDB: mongodb://… or mongodb+srv://…')
    .default('mongodb://127.0.0.1:27017')
    .describe('The MongoDB replica set; TLS by the options in it (`tls=true&tlsCAFile=…`)'),
  MONGODB_DATABASE: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,38}$/, 'Must be 1 to 38 letters, digits, "_" or "-"')
    .default(database)
    .describe("The service's own database"),
});

/** What a service that publishes events needs to know. */
export const streamSettings = {
  NATS_STREAM_REPLICAS: integerSetting(1, 5)
    .optional()
    .describe(
      'How many servers of a NATS cluster keep each event; where it is not set, as the stream is, at first one',
    ),
};

/** What those need to know who let people register, or tell them whether they may. */
export const registrationSettings = {
  REGISTRATION: z
    .enum(['open', 'invite', 'closed'])
    .default('closed')
    .describe(
      'Who may make an account: everyone (`open`), whoever has an invite of the operator (`invite`), or nobody (`closed`); `npm start` sets `open` where nothing is set and only this machine can reach it',
    ),
};

/** What those need to know who show people to each other. */
export const directorySettings = {
  DIRECTORY: z
    .enum(['everyone', 'shared', 'none'])
    .default('everyone')
    .describe(
      'Whom one may find and write to first: `everyone`, or whoever shares a conversation with one (`shared`, and `none`, which moreover lists nobody); the same for all services',
    ),
};

/** What those need to know who deal with groups; `highest` is what the setting may be at most. */
export const groupSettings = (highest: number) => ({
  GROUP_MAX_MEMBERS: integerSetting(2, highest).prefault('1000').describe('The most members of one group'),
});
