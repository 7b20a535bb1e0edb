import { expect, test } from '@jest/globals';
import { describeEachOverlay } from './_each-overlay.ts';

describeEachOverlay((overlay) => {
  test('restricts every pod', () => {
    for (const { spec } of overlay().workloads) {
      const { securityContext, hostNetwork, hostPID, hostIPC, volumes = [] } = spec.template.spec;
      expect(securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: expect.any(Number),
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(securityContext?.runAsUser).toBeGreaterThan(0);
      expect([hostNetwork, hostPID, hostIPC]).toEqual([undefined, undefined, undefined]);
      for (const { name, ...source } of volumes) {
        expect([name, Object.keys(source)]).toEqual([
          name,
          [expect.stringMatching(/^(secret|configMap|emptyDir)$/)],
        ]);
      }
    }
  });

  test('restricts every container', () => {
    for (const { securityContext } of overlay().containers) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  test("gives no pod a token of the cluster, nor its services' addresses", () => {
    for (const { spec } of overlay().workloads) {
      const { automountServiceAccountToken, enableServiceLinks } = spec.template.spec;
      expect([automountServiceAccountToken, enableServiceLinks]).toEqual([false, false]);
    }
    for (const { metadata, spec } of overlay().all('Deployment')) {
      expect(spec.template.spec.serviceAccountName).toBe(metadata.name);
      const account = overlay().named('ServiceAccount', metadata.name);
      expect(account?.automountServiceAccountToken).toBe(false);
    }
  });

  test('names a version of every image', () => {
    for (const { image } of overlay().containers) expect(image).toMatch(/:(?!latest$)[\w.-]+$|@sha256:/);
  });

  test('says what every container needs, and how much memory it may take', () => {
    for (const { resources } of overlay().containers) {
      expect(resources).toMatchObject({
        requests: { cpu: expect.any(String), memory: expect.any(String) },
        limits: { memory: expect.any(String) },
      });
    }
  });

  test('watches over what serves: whether it has started, lives, and is ready', () => {
    for (const { spec } of overlay().serving) {
      const [container] = spec.template.spec.containers;
      expect(container?.ports).toContainEqual({ name: 'admin', containerPort: 8081 });
      expect(container).toMatchObject({
        startupProbe: { httpGet: { path: '/livez', port: 'admin' } },
        livenessProbe: { httpGet: { path: '/livez', port: 'admin' } },
        readinessProbe: { httpGet: { path: '/readyz', port: 'admin' } },
      });
    }
  });
});
