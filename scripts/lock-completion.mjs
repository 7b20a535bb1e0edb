const operatingSystems = new Set([
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
]);
const processors = new Set([
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
]);

const exactVersion = /^\d+\.\d+\.\d+([-+].*)?$/;

/**
 * Adds to the packages of a lock file what its `optionalDependencies` name and it does not hold: the binaries
 * for other platforms, which a registry that serves only this one leaves out and `npm ci` then misses there.
 *
 * @param {Record<string, object>} packages the lock file's `packages`; not changed.
 * @returns {{ packages: Record<string, object>, added: string[] }} in npm's own order.
 * @throws {Error} where an entry names a range: only the registry knows which version that is.
 */
export function completePackages(packages) {
  const complete = { ...packages };
  const added = [];
  for (const [location, entry] of Object.entries(packages).toSorted(byLocation)) {
    for (const [name, wanted] of Object.entries(entry.optionalDependencies ?? {})) {
      const found = nearest(location, name, complete);
      if (found !== undefined && (found.version === wanted || !exactVersion.test(wanted))) continue;
      // At the top every package finds it, unless another version is there already.
      const place = `${found === undefined ? '' : `${location}/`}node_modules/${name}`;
      complete[place] = platformPackage(name, wanted, entry);
      added.push(place);
    }
  }
  return { packages: Object.fromEntries(Object.entries(complete).toSorted(byLocation)), added };
}

/** What npm reads off the manifest of `@scope/binding-linux-arm64-musl`, read off its name. */
export function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = words.filter((word) => operatingSystems.has(word));
  const cpu = words.filter((word) => processors.has(word));
  const libc = words.flatMap((word) => libcOf(word) ?? []);
  return {
    ...(cpu.length > 0 && { cpu }),
    ...(libc.length > 0 && { libc }),
    ...(os.length > 0 && { os }),
  };
}

function libcOf(word) {
  if (word.startsWith('musl')) return 'musl';
  return word.startsWith('gnu') ? 'glibc' : undefined;
}

function platformPackage(name, version, parent) {
  if (!exactVersion.test(version)) {
    throw new Error(`${name} is wanted as "${version}": only a registry knows which version that is`);
  }
  const { cpu, ...rest } = platformOf(name);
  return { version, ...(cpu && { cpu }), ...(parent.dev && { dev: true }), optional: true, ...rest };
}

/** Node's own search: beside the package that asks, then in each folder above it. */
function nearest(location, name, packages) {
  const found = packages[`${location === '' ? '' : `${location}/`}node_modules/${name}`];
  return found === undefined && location !== '' ? nearest(parentOf(location), name, packages) : found;
}

function parentOf(location) {
  const nested = location.lastIndexOf('/node_modules/');
  return nested < 0 ? '' : location.slice(0, nested);
}

function byLocation([a], [b]) {
  return a.localeCompare(b, 'en');
}
