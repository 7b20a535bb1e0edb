import { natsProgram } from './nats-program.ts';
import type { Provider } from './provider.ts';

export const natsOnPath: Provider = {
  engine: 'nats',
  provide: () => natsProgram('path', 'nats-server'),
};
