// Apart from the package's other index.ts: the devstack and testcontainers take longer to load than many a test to run.
export { hasContainerEngine } from './container-servers.ts';
export { provideServers } from './provide-servers.ts';
