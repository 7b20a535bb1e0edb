import { expect, test } from '@jest/globals';
import { describeEachOverlay } from './_each-overlay.ts';
import { selects, type Workload } from './_objects.ts';
import { labelsOf, type Overlay } from './_overlay.ts';
import { secretKeys } from './_secrets.ts';

const portsOf = ({ spec }: Workload) => spec.template.spec.containers.flatMap(({ ports = [] }) => ports);

type Reference = [kind: 'ConfigMap' | 'Secret', name: string | undefined];

/** The names of all ConfigMaps and Secrets that a workload uses. */
function usedBy({ spec }: Workload): Reference[] {
  const { containers, volumes = [] } = spec.template.spec;
  const sources = containers.flatMap(({ envFrom = [] }) => envFrom);
  const keys = containers.flatMap(({ env = [] }) => env.map(({ valueFrom }) => valueFrom?.secretKeyRef));
  const used: Reference[] = [
    ...volumes.map(({ configMap }): Reference => ['ConfigMap', configMap?.name]),
    ...sources.map(({ configMapRef }): Reference => ['ConfigMap', configMapRef?.name]),
    ...volumes.map(({ secret }): Reference => ['Secret', secret?.secretName]),
    ...sources.map(({ secretRef }): Reference => ['Secret', secretRef?.name]),
    ...keys.map((key): Reference => ['Secret', key?.name]),
  ];
  return used.filter(([, name]) => name !== undefined);
}

describeEachOverlay((overlay) => {
  test('has deployments that select their own pods and no others', () => {
    const keeping = overlay().workloads.filter(({ spec }) => spec.selector !== undefined);
    expect(keeping.length).toBeGreaterThanOrEqual(4);
    for (const { metadata, spec } of keeping) {
      const selected = overlay().workloads.filter((other) => selects(spec.selector ?? {}, labelsOf(other)));
      expect(selected.map((other) => other.metadata.name)).toEqual([metadata.name]);
    }
  });

  test('has services whose ports are those of the pods behind them', () => {
    for (const { metadata, spec } of overlay().all('Service')) {
      const behind = overlay().workloads.filter((workload) =>
        selects({ matchLabels: spec.selector }, labelsOf(workload)),
      );
      expect(behind.map((workload) => workload.metadata.name)).toEqual([metadata.name]);
      for (const { port, targetPort } of spec.ports) {
        const meant = targetPort === undefined ? { containerPort: port } : { name: targetPort };
        expect(behind.flatMap(portsOf)).toContainEqual(expect.objectContaining(meant));
      }
    }
  });

  test('has an ingress, if any, that leads to a service', () => {
    for (const { spec } of overlay().all('Ingress')) {
      for (const { backend } of spec.rules.flatMap(({ http }) => http.paths)) {
        const service = overlay().named('Service', backend.service.name);
        expect(service?.spec.ports.map(({ name }) => name)).toContain(backend.service.port.name);
      }
    }
  });

  test('refers to what is there', () => {
    for (const workload of overlay().workloads) {
      const missing = usedBy(workload).filter(([kind, name = '']) => !isThere(overlay(), kind, name));
      expect(missing).toEqual([]);
      for (const { name, key } of secretKeyRefs(workload)) expect(secretKeys(overlay(), name)).toContain(key);
    }
  });

  test('holds a secret nowhere but in those that are made for it alone', () => {
    for (const { data = {} } of overlay().all('ConfigMap')) {
      expect(JSON.stringify(data)).not.toMatch(/:\/\/[^/\s"]+:[^/\s"]+@|PRIVATE KEY/);
    }
    for (const { env = [] } of overlay().containers) {
      const told = env.filter(({ value }) => value !== undefined).map(({ name }) => name);
      expect(told.filter((name) => /(URL|KEY|PASSWORD|SECRET|TOKEN)$/.test(name))).toEqual([]);
    }
  });
});

function secretKeyRefs({ spec }: Workload) {
  const variables = spec.template.spec.containers.flatMap(({ env = [] }) => env);
  return variables.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? []);
}

function isThere(overlay: Overlay, kind: 'ConfigMap' | 'Secret', name: string): boolean {
  return kind === 'Secret'
    ? secretKeys(overlay, name) !== undefined
    : overlay.named(kind, name) !== undefined;
}
