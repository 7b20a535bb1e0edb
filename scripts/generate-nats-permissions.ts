// Writes who may do what on NATS, as nats-server reads it, for the prefix that services have where none is set.
import { writeFileSync } from 'node:fs';
import { serverConfiguration } from '@natter/bus';
import { commonSettings } from '@natter/platform';

writeFileSync(
  'deploy/nats/permissions.conf',
  serverConfiguration(commonSettings.NATS_PREFIX.parse(undefined)),
);
