import { gatewaySettings } from '@natter/gateway';
import { messagingSettings } from '@natter/messaging';
import { type Environment, parseConfig } from '@natter/platform';
import { usersSettings } from '@natter/users';
import { z } from 'zod';
import { launchSettings } from '../launch-settings.ts';

/** The launcher decides these for each process. */
const decided = { ADMIN_HOST: true, ADMIN_PORT: true } as const;

const settings = z
  .object({ ...gatewaySettings.shape, ...messagingSettings.shape, ...usersSettings.shape })
  .omit(decided)
  // Where the person gives no key, the launcher makes one.
  .extend({ JWT_PRIVATE_KEY_FILE: usersSettings.shape.JWT_PRIVATE_KEY_FILE.optional() })
  .extend(launchSettings.shape);

/**
 * Looks at whatever the launcher and the services are going to read, so that what is not valid is told at once and
 * not by each process on its own.
 *
 * @throws {ConfigError} naming every fault.
 */
export function checkSettings(environment: Environment): void {
  parseConfig(settings, environment);
}
