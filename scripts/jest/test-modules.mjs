import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const globalsModule = new URL('./globals.mjs', import.meta.url).href;

/** What a test file imports from `@jest/globals`. */
export let globals = {};

let files = 0;
const firstLoadedFor = new Map();

/** Loads a test file as Node loads any module. */
export async function importTestFile(path, globalsOfFile) {
  globals = globalsOfFile;
  files += 1;
  await import(pathToFileURL(path).href);
}

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === '@jest/globals') return globalsFor(context.parentURL);
    const resolved = nextResolve(specifier, context);
    return isOfTests(resolved.url) ? { ...resolved, url: ofThisFile(resolved.url) } : resolved;
  },
});

/** @throws Error for a module that is not loaded anew for each test file: its hooks would run for the first alone. */
function globalsFor(importer) {
  if (!isOfTests(new URL(importer).pathname))
    throw new Error(`${importer} imports @jest/globals, so its name or its folder's must begin with "_"`);
  return { url: ofThisFile(globalsModule), shortCircuit: true };
}

/** Test files and their helpers. Both may call `afterEach` as they load, which concerns one test file. */
function isOfTests(url) {
  return /\/_[^/]*(\/[^/]+)?$|\.test\.m?[jt]s$/.test(url) && !url.includes('/node_modules/');
}

/** A query makes it a module of its own. The first goes without, for the sake of readable stacks. */
function ofThisFile(url) {
  if (!firstLoadedFor.has(url)) firstLoadedFor.set(url, files);
  return firstLoadedFor.get(url) === files ? url : `${url}?${files}`;
}
