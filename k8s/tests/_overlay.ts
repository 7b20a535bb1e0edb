import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Container, Kinds, KubernetesObject, Labels, Workload } from './_objects.ts';
import { kustomize, makeSecrets } from './_tools.ts';

export const overlays = ['local', 'production'] as const;

export type OverlayName = (typeof overlays)[number];

const root = path.resolve(import.meta.dirname, '../..');

/** An overlay, rendered, with whatever secrets it generates made for the occasion. */
export class Overlay implements AsyncDisposable {
  /** What was rendered. */
  readonly file: string;
  readonly objects: readonly KubernetesObject[];
  /** The local secrets. */
  readonly secretsFolder: string;
  readonly #folder: string;

  private constructor(folder: string, yaml: string) {
    this.#folder = folder;
    this.secretsFolder = secretsIn(folder);
    this.file = path.join(folder, 'rendered.yaml');
    this.objects = parseAllDocuments(yaml).map((document) => document.toJS() as KubernetesObject);
  }

  static async render(name: OverlayName): Promise<Overlay> {
    const folder = await mkdtemp(path.join(tmpdir(), 'natter-k8s-'));
    for (const part of ['k8s/base', 'k8s/overlays', 'deploy']) {
      await cp(path.join(root, part), path.join(folder, part), { recursive: true });
    }
    await makeSecrets(secretsIn(folder));
    const yaml = await kustomize(path.join(folder, 'k8s/overlays', name));
    const overlay = new Overlay(folder, yaml);
    await writeFile(overlay.file, yaml);
    return overlay;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  all<K extends keyof Kinds>(kind: K): Kinds[K][] {
    return this.objects.filter((object) => object.kind === kind) as Kinds[K][];
  }

  named<K extends keyof Kinds>(kind: K, name: string): Kinds[K] | undefined {
    return this.all(kind).find(({ metadata }) => metadata.name === name);
  }

  get workloads(): Workload[] {
    return [...this.all('Deployment'), ...this.all('StatefulSet'), ...this.all('Job')];
  }

  /** The deployments that answer somebody. */
  get serving(): Workload[] {
    return this.all('Deployment').filter(({ spec }) =>
      spec.template.spec.containers.some(({ ports }) => ports !== undefined),
    );
  }

  get containers(): Container[] {
    return this.workloads.flatMap(({ spec: { template } }) => [
      ...(template.spec.initContainers ?? []),
      ...template.spec.containers,
    ]);
  }
}

export function labelsOf(workload: Workload): Labels {
  return workload.spec.template.metadata.labels;
}

function secretsIn(folder: string): string {
  return path.join(folder, 'k8s/overlays/local/.secrets');
}
