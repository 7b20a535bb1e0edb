import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { describeEachOverlay } from './_each-overlay.ts';
import { findSchemaFaults } from './_tools.ts';

describeEachOverlay((overlay) => {
  test('fits the schemas of Kubernetes, down to every key', async () => {
    expect(overlay().objects.length).toBeGreaterThan(20);
    expect(await findSchemaFaults(overlay().file)).toEqual([]);
  });

  test('would not fit with a key that Kubernetes does not know', async () => {
    const { file } = overlay();
    const rendered = await readFile(file, 'utf8');
    await writeFile(`${file}.broken`, rendered.replace('livenessProbe:', 'livenesProbe:'));
    expect(await findSchemaFaults(`${file}.broken`)).toEqual([
      expect.stringContaining("'livenesProbe' was unexpected"),
    ]);
  });

  test('has the three services and the operator, and the pods of its namespace are restricted', () => {
    const names = overlay().serving.map(({ metadata }) => metadata.name);
    expect(names.toSorted()).toEqual(['gateway', 'messaging', 'users']);
    expect(overlay().named('Deployment', 'operator')).toMatchObject({ spec: { replicas: 0 } });
    expect(overlay().named('Namespace', 'natter')?.metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    for (const { kind, metadata } of overlay().objects) {
      expect([kind, metadata.namespace]).toEqual([kind, kind === 'Namespace' ? undefined : 'natter']);
    }
  });
});
