// Builds what is published of the SDK: plain JavaScript for browsers and Node, with types that need no other package.
//
//     npm run build:sdk [folder]
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sdk = path.join(root, 'libs', 'sdk');
const typesFile = 'contract-types.ts';

/** Mapped, a type has no name by which the compiler could write it down instead of itself. */
const probeHead = `import type * as types from '../src/${typesFile}';
declare function typed<T>(): T extends object ? { [K in keyof T]: T[K] } : T;`;

// Inside the package, where its imports resolve.
const work = mkdtempSync(path.join(sdk, '.build-'));
try {
  build(path.resolve(process.argv[2] ?? path.join(sdk, 'dist')));
} finally {
  rmSync(work, { recursive: true });
}

function build(out: string): void {
  const sources = path.join(work, 'src');
  cpSync(path.join(sdk, 'src'), sources, { recursive: true, filter: (file) => !file.endsWith('.test.ts') });
  writeFileSync(path.join(sources, typesFile), writtenOutTypes());
  rmSync(out, { recursive: true, force: true });
  // Without the types of Node, and with those of a page: what is not in both does not compile.
  compile({
    include: [sources],
    compilerOptions: {
      rootDir: sources,
      outDir: out,
      declaration: true,
      target: 'es2022',
      lib: ['es2023', 'dom', 'dom.iterable'],
      types: [],
      strict: true,
      module: 'nodenext',
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  });
  nameJavaScript(out);
  writeFileSync(path.join(out, 'package.json'), `${JSON.stringify(publishedManifest(), null, 2)}\n`);
  cpSync(path.join(sdk, 'README.md'), path.join(out, 'README.md'));
  cpSync(path.join(root, 'LICENSE'), path.join(out, 'LICENSE'));
}

/** The compiler leaves the names of sources in declarations, which not every other compiler takes. */
function nameJavaScript(out: string): void {
  for (const file of globSync('**/*.d.ts', { cwd: out })) {
    const declarations = readFileSync(path.join(out, file), 'utf8');
    writeFileSync(path.join(out, file), declarations.replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"));
  }
}

function publishedManifest(): object {
  const source = JSON.parse(readFileSync(path.join(sdk, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { private: _, devDependencies: _development, ...manifest } = source;
  return {
    ...manifest,
    exports: { '.': { types: './index.d.ts', default: './index.js' } },
    sideEffects: false,
    engines: { node: '>=20' },
  };
}

/** The types of the contracts as the compiler infers them from the schemas, without the schemas. */
function writtenOutTypes(): string {
  const source = readFileSync(path.join(sdk, 'src', typesFile), 'utf8');
  const probe = path.join(work, 'probe.ts');
  const values = namesOf(source).map((name) => `export const ${name} = typed<types.${name}>();`);
  writeFileSync(probe, [probeHead, ...values].join('\n'));
  compile({
    extends: path.join(root, 'tsconfig.json'),
    include: [probe],
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rewriteRelativeImportExtensions: true,
      rootDir: path.join(root, 'libs'),
      outDir: path.join(work, 'types'),
    },
  });
  const folder = path.join(work, 'types', 'sdk', path.basename(work));
  const declared = readFileSync(path.join(folder, 'probe.d.ts'), 'utf8');
  const types = declared
    .replace(/^import .*\n/, '')
    .replaceAll(/^export declare const (\w+): /gm, 'export type $1 = ');
  const lost = /.*\b(any|unknown|types)\b.*/.exec(types);
  if (lost) throw new Error(`Not all types could be written out: ${lost[0]}`);
  return types;
}

function namesOf(source: string): string[] {
  const [, list = ''] = /export type \{([^}]*)\}/.exec(source) ?? [];
  const own = [...source.matchAll(/^export (?:type|interface) (\w+)/gm)].map(([, name]) => String(name));
  return [...(list.match(/\w+/g) ?? []), ...own];
}

function compile(project: object): void {
  const file = path.join(work, 'tsconfig.json');
  writeFileSync(file, JSON.stringify(project));
  execFileSync(path.join(root, 'node_modules', '.bin', 'tsc'), ['-p', file], { stdio: 'inherit' });
}
