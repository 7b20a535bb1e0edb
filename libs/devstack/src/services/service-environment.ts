import { type Environment, parseConfig, registrationSettings } from '@natter/platform';
import { z } from 'zod';
import { isLoopback } from '../network/address.ts';
import type { PlannedService } from './plan-services.ts';

/** What all services of a stack share. */
export interface StackPlace {
  readonly natsUrl: string;
  readonly natsPrefix: string;
  readonly mongoUrl: string;
  readonly host: string;
  readonly signingKeyFile: string;
  /** Where Node keeps what it has compiled: a service that is started again is there in half the time. */
  readonly compileCache: string;
}

/** The person's own environment, with what the stack decides put over it. */
export function serviceEnvironment(
  environment: Environment,
  service: Pick<PlannedService, 'name' | 'adminPort' | 'port'>,
  stack: StackPlace,
): NodeJS.ProcessEnv {
  const decided: Record<string, string> = {
    NATS_URL: stack.natsUrl,
    NATS_PREFIX: stack.natsPrefix,
    MONGODB_URL: stack.mongoUrl,
    ADMIN_HOST: '127.0.0.1',
    ADMIN_PORT: String(service.adminPort),
    ...(service.port !== undefined && { HOST: stack.host, PORT: String(service.port) }),
    ...(!isGiven('NODE_COMPILE_CACHE', environment) && { NODE_COMPILE_CACHE: stack.compileCache }),
    REGISTRATION: registrationOf(environment, stack.host),
  };
  if (service.name === 'users' && !isGiven('JWT_PRIVATE_KEY', environment)) {
    decided.JWT_PRIVATE_KEY_FILE = stack.signingKeyFile;
  }
  // A setting may be given by value or by file, and both is an error.
  const replaced = Object.keys(decided).map((name) => [`${name}_FILE`, undefined]);
  return { ...environment, ...Object.fromEntries(replaced), ...decided };
}

/** Who may register: as the person says, else everybody who can reach Natter where that is only this machine. */
export function registrationOf(
  environment: Environment,
  host: string,
): z.output<typeof registrationSettings.REGISTRATION> {
  if (!isGiven('REGISTRATION', environment) && isLoopback(host)) return 'open';
  return parseConfig(z.object(registrationSettings), environment).REGISTRATION;
}

function isGiven(name: string, environment: Environment): boolean {
  return Boolean(environment[name] || environment[`${name}_FILE`]);
}
