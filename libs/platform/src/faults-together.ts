import { ConnectionString } from 'mongodb-connection-string-url';
import { credentialsIn } from './nats-settings.ts';

type Values = Readonly<Record<string, string>>;

export interface Fault {
  /** Of the setting. */
  readonly name: string;
  /** Never repeats the value. */
  readonly message: string;
}

const leastCharacters = 12;

const inExamples = /password|secret|change.?me|example/i;

const noCredentials = 'Must hold credentials in production';

/**
 * What is wrong with settings that are each well on their own: a half of a pair is missing; or, where NODE_ENV is
 * `production`, a server would be used without credentials, or with a password that anybody could guess.
 *
 * @param names of the settings that are read.
 * @param values those that are set.
 */
export function faultsTogether(names: readonly string[], values: Values): Fault[] {
  const missing = ['NATS_TLS_CERT', 'NATS_TLS_KEY'].filter((name) => values[name] === undefined);
  const halves =
    missing.length === 1 ? [{ name: missing[0]!, message: 'Must be set together with its other half' }] : [];
  if (values['NODE_ENV'] !== 'production') return halves;
  const weaknesses = { NATS_URL: natsWeakness, MONGODB_URL: mongoWeakness };
  const weak = Object.entries(weaknesses).flatMap(([name, weaknessOf]) => {
    const message = names.includes(name) ? weaknessOf(values) : undefined;
    return message === undefined ? [] : [{ name, message }];
  });
  return [...halves, ...weak];
}

/** A certificate may stand for a password. */
function natsWeakness({ NATS_URL: urls, NATS_TLS_CERT: certificate }: Values): string | undefined {
  const given = urls === undefined ? [] : unlessMalformed(() => credentialsIn(urls));
  const account = given?.find(({ user }) => user !== '');
  if (account !== undefined) return passwordWeakness(account.password || account.user);
  return given === undefined || certificate !== undefined ? undefined : noCredentials;
}

/** A certificate, a token or the machine's identity may stand for a password: then `authMechanism` says so. */
function mongoWeakness({ MONGODB_URL: text }: Values): string | undefined {
  if (text === undefined) return noCredentials;
  const url = unlessMalformed(() => new ConnectionString(text));
  if (url === undefined) return undefined;
  if (url.password !== '') return passwordWeakness(decodeURIComponent(url.password));
  return url.searchParams.has('authMechanism') ? undefined : noCredentials;
}

function passwordWeakness(password: string): string | undefined {
  if (password.length < leastCharacters) {
    return `Must have a password of at least ${leastCharacters} characters in production`;
  }
  return inExamples.test(password) ? "Must not have an example's password in production" : undefined;
}

/** Of what is malformed the setting's own schema tells. */
function unlessMalformed<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
