import { createRequire } from 'node:module';
import circus from 'jest-circus/runner';
import { importTestFile } from './test-modules.mjs';

const require = createRequire(import.meta.url);

/** Jest's `testRunner`: jest-circus as always, but modules are Node's, and stay loaded for the next test file. */
export default function runFile(globalConfig, projectConfig, environment, runtime, ...rest) {
  runtime.requireInternalModule = requireAnew;
  runtime.unstable_shouldLoadAsEsm = () => true;
  runtime.unstable_importModule = (path) =>
    importTestFile(path, runtime.requireModuleOrMock(path, '@jest/globals'));
  return circus.default(globalConfig, projectConfig, environment, runtime, ...rest);
}

/** jest-circus keeps in its modules and on `globalThis` what it knows of a file. */
function requireAnew(path) {
  delete require.cache[path];
  delete globalThis[Symbol.for('EVENT_HANDLERS')];
  return require(path);
}
