import { expect, test } from '@jest/globals';
import { stopWithinMs } from '@natter/platform';
import { describeEachOverlay } from './_each-overlay.ts';
import { selects, type Workload } from './_objects.ts';
import { labelsOf } from './_overlay.ts';

/** Milliseconds between what a process allows itself and what Kubernetes allows it. */
const marginMs = 3_000;

/** Seconds for which a pod serves on before it is told to stop. */
function sleepOf({ spec }: Workload): number {
  const [container] = spec.template.spec.containers;
  return container?.lifecycle?.preStop?.sleep?.seconds ?? 0;
}

describeEachOverlay((overlay) => {
  test('updates what serves without a pod less', () => {
    for (const { spec } of overlay().serving) expect(spec.strategy?.rollingUpdate?.maxUnavailable).toBe(0);
  });

  test('lets every pod finish what is in flight', () => {
    for (const workload of overlay().serving) {
      const { terminationGracePeriodSeconds = 0 } = workload.spec.template.spec;
      const neededMs = sleepOf(workload) * 1_000 + stopWithinMs + marginMs;
      expect(terminationGracePeriodSeconds * 1_000).toBeGreaterThanOrEqual(neededMs);
    }
  });

  test('has a gateway that serves on until nobody is sent to it any more', () => {
    const gateway = overlay().named('Deployment', 'gateway') as Workload;
    expect(sleepOf(gateway)).toBeGreaterThanOrEqual(5);
  });

  test('has at least two pods of what serves, on different machines and in different zones where there are', () => {
    for (const workload of overlay().serving) {
      const { metadata, spec } = workload;
      const scaler = overlay().named('HorizontalPodAutoscaler', metadata.name);
      expect(scaler?.spec.minReplicas ?? spec.replicas).toBeGreaterThanOrEqual(2);
      const { topologySpreadConstraints = [] } = spec.template.spec;
      const keys = topologySpreadConstraints.map(({ topologyKey }) => topologyKey);
      expect(keys).toEqual(['kubernetes.io/hostname', 'topology.kubernetes.io/zone']);
      for (const { labelSelector = {} } of topologySpreadConstraints) {
        expect(selects(labelSelector, labelsOf(workload))).toBe(true);
      }
    }
  });

  test('lets the pods of what serves be moved one after the other', () => {
    const budgets = overlay().all('PodDisruptionBudget');
    expect(budgets).toHaveLength(overlay().serving.length);
    for (const workload of overlay().serving) {
      const own = budgets.filter(({ spec }) => selects(spec.selector, labelsOf(workload)));
      expect(own.map(({ spec }) => spec.maxUnavailable)).toEqual([1]);
    }
  });

  test('scales the gateway and messaging, and says nowhere else how many there are', () => {
    const scalers = overlay().all('HorizontalPodAutoscaler');
    expect(scalers.map(({ spec }) => spec.scaleTargetRef)).toEqual(
      ['gateway', 'messaging'].map((name) => ({ apiVersion: 'apps/v1', kind: 'Deployment', name })),
    );
    for (const { spec } of scalers) {
      expect(overlay().named('Deployment', spec.scaleTargetRef.name)?.spec).toEqual(
        expect.not.objectContaining({ replicas: expect.anything() }),
      );
      expect(spec.maxReplicas).toBeGreaterThan(spec.minReplicas ?? 1);
    }
  });
});
