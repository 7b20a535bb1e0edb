import { mongodProgram } from './mongod-program.ts';
import type { Provider } from './provider.ts';

export const mongodOnPath: Provider = {
  engine: 'mongod',
  provide: () => mongodProgram('path', 'mongod'),
};
