import { expect, test } from '@jest/globals';
import { describeEachOverlay } from './_each-overlay.ts';
import { type Labels, type NetworkPolicy, type Peer, selects, type Workload } from './_objects.ts';
import { labelsOf, type Overlay } from './_overlay.ts';

type Direction = 'Ingress' | 'Egress';

/** A rule of a policy that holds for a pod: to or from whom, and on which ports. */
interface Rule {
  peers: Peer[] | undefined;
  ports: (number | string)[];
}

function rulesFor(overlay: Overlay, labels: Labels, direction: Direction): Rule[] {
  return overlay
    .all('NetworkPolicy')
    .filter(({ spec }) => spec.policyTypes.includes(direction) && selects(spec.podSelector, labels))
    .flatMap(({ spec }) => (direction === 'Ingress' ? spec.ingress : spec.egress) ?? [])
    .map((rule) => ({
      peers: rule.to ?? rule.from,
      ports: rule.ports?.map(({ port }) => port) ?? [],
    }));
}

/** Whether one of the peers is a pod of the same namespace with these labels. */
function includes(peers: Peer[] | undefined, labels: Labels): boolean {
  if (peers === undefined) return true;
  return peers.some(
    ({ podSelector, namespaceSelector }) => !namespaceSelector && podSelector && selects(podSelector, labels),
  );
}

/** The ports of `to` that pods of `from` may reach, by what both are allowed. */
function reachable(overlay: Overlay, from: Workload, to: Workload): number[] {
  const out = rulesFor(overlay, labelsOf(from), 'Egress').filter(({ peers }) =>
    includes(peers, labelsOf(to)),
  );
  const into = rulesFor(overlay, labelsOf(to), 'Ingress').filter(({ peers }) =>
    includes(peers, labelsOf(from)),
  );
  const ports = to.spec.template.spec.containers.flatMap((container) => container.ports ?? []);
  const open = (rules: Rule[]) =>
    ports.filter(({ name, containerPort }) =>
      rules.some((rule) => rule.ports.includes(name) || rule.ports.includes(containerPort)),
    );
  const accepted = open(into);
  return open(out)
    .filter((port) => accepted.includes(port))
    .map(({ containerPort }) => containerPort);
}

function matrix(overlay: Overlay): string[] {
  const { workloads } = overlay;
  const ways = workloads.flatMap((from) =>
    workloads.flatMap((to) =>
      reachable(overlay, from, to).map((port) => `${from.metadata.name} → ${to.metadata.name}:${port}`),
    ),
  );
  return ways.toSorted();
}

const inLocal = [
  'gateway → nats:4222',
  'messaging → mongodb:27017',
  'messaging → nats:4222',
  'mongodb-setup → mongodb:27017',
  'operator → mongodb:27017',
  'operator → nats:4222',
  'users → mongodb:27017',
  'users → nats:4222',
];

/** Who is let out of the namespace, and whereto. */
const outOfProduction = {
  gateway: ['kube-system', 'nats'],
  users: ['kube-system', 'mongodb', 'nats'],
  messaging: ['kube-system', 'mongodb', 'nats'],
  operator: ['kube-system', 'mongodb', 'nats'],
};

/** Who is let into it, whereto and where from. */
const intoProduction = {
  gateway: ['monitoring', 'nginx-ingress'],
  users: ['monitoring'],
  messaging: ['monitoring'],
  operator: [],
};

function namespaces(overlay: Overlay, direction: Direction): Record<string, string[]> {
  const entries = overlay.workloads.map(({ metadata, spec }) => {
    const rules = rulesFor(overlay, spec.template.metadata.labels, direction);
    const named = rules.flatMap(({ peers = [{}] }) =>
      peers.map(({ namespaceSelector }) => namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name']),
    );
    return [metadata.name, named.map(String).toSorted()];
  });
  return Object.fromEntries(entries);
}

describeEachOverlay((overlay, name) => {
  test('denies whatever it does not allow', () => {
    const { spec } = overlay().named('NetworkPolicy', 'default-deny') as NetworkPolicy;
    expect(spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  test('has no policy that is for nobody, or for a port that nobody has', () => {
    for (const { spec } of overlay().all('NetworkPolicy')) {
      const meant = overlay().workloads.filter((workload) => selects(spec.podSelector, labelsOf(workload)));
      expect(meant.length).toBeGreaterThan(0);
      const rules = [...(spec.ingress ?? []), ...(spec.egress ?? [])];
      for (const { port } of rules.flatMap(({ ports = [] }) => ports)) {
        if (typeof port === 'number') continue;
        for (const { spec: workload } of meant) {
          expect(workload.template.spec.containers[0]?.ports?.map((each) => each.name)).toContain(port);
        }
      }
    }
  });

  test('lets those speak to each other who have something to say', () => {
    expect(matrix(overlay())).toEqual(name === 'local' ? inLocal : []);
  });

  test('lets nobody else in or out', () => {
    if (name === 'production') {
      expect(namespaces(overlay(), 'Egress')).toEqual(outOfProduction);
      expect(namespaces(overlay(), 'Ingress')).toEqual(intoProduction);
    } else {
      expect(namespaces(overlay(), 'Ingress')).toMatchObject({
        gateway: ['monitoring', 'undefined'],
        users: ['monitoring'],
        messaging: ['monitoring'],
        operator: [],
      });
    }
  });
});
