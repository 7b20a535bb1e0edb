import { hasContainerEngine } from '@natter/testkit/servers';

/** Jest's `globalSetup` of these tests. */
export default async function requireDocker(): Promise<void> {
  if (await hasContainerEngine()) return;
  console.error(
    'The tests of the containers need a Docker engine with `docker compose`, and none is running.',
  );
  process.exit(1);
}
