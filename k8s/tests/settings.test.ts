import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { gatewaySettings } from '@natter/gateway';
import { messagingSettings } from '@natter/messaging';
import { parseConfig } from '@natter/platform';
import { usersSettings } from '@natter/users';
import { describeEachOverlay } from './_each-overlay.ts';
import type { Workload } from './_objects.ts';
import type { Overlay } from './_overlay.ts';
import { secretKeys } from './_secrets.ts';

const services = [
  ['gateway', gatewaySettings],
  ['users', usersSettings],
  ['messaging', messagingSettings],
  // It reads where the servers are, as messaging does.
  ['operator', messagingSettings],
] as const;

const names = services.map(([name]) => name);

const known = new Set(services.flatMap(([, { shape }]) => Object.keys(shape)));

/** The folder in which every pod finds its secret. */
const secretsFolder = '/run/secrets/natter';

/** What a pod is told, from the settings that are for all and by its own. */
function environmentOf(overlay: Overlay, service: string): Record<string, string> {
  const { spec } = overlay.named('Deployment', service) as Workload;
  const [container] = spec.template.spec.containers;
  const shared = container?.envFrom?.map(({ configMapRef }) => configMapRef?.name ?? '') ?? [];
  const own = container?.env?.map(({ name, value = '' }) => [name, value]) ?? [];
  return Object.assign(
    {},
    ...shared.map((name) => overlay.named('ConfigMap', name)?.data),
    Object.fromEntries(own),
  );
}

/** A value of the right form for each file that is no setting by itself. */
const contents: Record<string, string> = { 'nats-url': 'nats://nats', 'mongodb-url': 'mongodb://mongodb' };

/** The same with what is in the files; what wants a file gets the one that is here. */
function withFilesRead(environment: Record<string, string>, overlay: Overlay): Record<string, string> {
  const read = Object.entries(environment).map(([name, value]) => {
    const content = contents[path.basename(value)];
    if (content !== undefined) return [name.replace(/_FILE$/, ''), content];
    return [name, value.replaceAll(secretsFolder, overlay.secretsFolder)];
  });
  return Object.fromEntries(read);
}

describeEachOverlay((overlay) => {
  test.each(services)('tells %s what it needs to start, and nothing that nobody knows', (service, schema) => {
    const environment = environmentOf(overlay(), service);
    const asSettings = withFilesRead(environment, overlay());
    expect(Object.keys(asSettings).filter((name) => !known.has(name))).toEqual([]);
    expect(asSettings).toHaveProperty('NATS_URL');
    expect(parseConfig(schema, asSettings)).toMatchObject({ ADMIN_HOST: expect.any(String) });
  });

  test.each(names)('mounts the files that %s is told of', (service) => {
    const { spec } = overlay().named('Deployment', service) as Workload;
    const [container] = spec.template.spec.containers;
    const mount = container?.volumeMounts?.find(({ mountPath }) => mountPath === secretsFolder);
    const volume = spec.template.spec.volumes?.find(({ name }) => name === mount?.name);
    const files = Object.values(environmentOf(overlay(), service))
      .filter((value) => value.startsWith('/'))
      .flatMap((value) => value.split(','));
    expect(files.map((file) => path.dirname(file))).toEqual(files.map(() => secretsFolder));
    const keys = secretKeys(overlay(), volume?.secret?.secretName ?? '');
    expect(keys?.toSorted()).toEqual(files.map((file) => path.basename(file)).toSorted());
  });

  test('listens where the probes and the ports are', () => {
    for (const { metadata, spec } of overlay().serving) {
      const { ADMIN_HOST, ADMIN_PORT, HOST, PORT } = environmentOf(overlay(), metadata.name);
      const [container] = spec.template.spec.containers;
      const port = (name: string) => container?.ports?.find((each) => each.name === name)?.containerPort;
      expect([ADMIN_HOST, ADMIN_PORT]).toEqual(['0.0.0.0', `${port('admin')}`]);
      const http = port('http');
      expect([HOST, PORT]).toEqual(http === undefined ? [undefined, undefined] : ['0.0.0.0', `${http}`]);
    }
  });

  test('has the prefix that the permissions of NATS are for', async () => {
    const permissions = path.resolve(import.meta.dirname, '../../deploy/nats/permissions.conf');
    const { NATS_PREFIX } = environmentOf(overlay(), 'gateway');
    expect(await readFile(permissions, 'utf8')).toContain(`NATS_PREFIX=${NATS_PREFIX}.`);
  });
});
