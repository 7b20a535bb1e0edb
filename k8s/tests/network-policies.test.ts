import { BlockList, isIPv6 } from 'node:net';
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

/** Who is let out of the namespace, and whereto: to which namespaces, and to which addresses. */
const outOfProduction = {
  gateway: ['kube-system', 'nats'],
  users: ['kube-system', 'mongodb', 'nats'],
  messaging: ['0.0.0.0/0', '2000::/3', 'kube-system', 'mongodb', 'nats'],
  operator: ['kube-system', 'mongodb', 'nats'],
};

/** Who is let into it, whereto and where from. */
const intoProduction = {
  gateway: ['monitoring', 'nginx-ingress'],
  users: ['monitoring'],
  messaging: ['monitoring'],
  operator: [],
};

/** Pods, services, nodes and what cloud machines are told about themselves have such addresses. */
const notPublic = `
  10.96.0.1 10.244.1.7 172.16.0.1 172.31.255.255 192.168.49.2 100.64.0.1 127.0.0.1 169.254.169.254
  0.0.0.1 192.0.0.8 198.18.0.1 224.0.0.1 255.255.255.255
  ::1 fd00::1 fe80::1 ff02::1 64:ff9b::a00:1 2002:a00:1::
`
  .trim()
  .split(/\s+/);

function namespaces(overlay: Overlay, direction: Direction): Record<string, string[]> {
  const entries = overlay.workloads.map(({ metadata, spec }) => {
    const rules = rulesFor(overlay, spec.template.metadata.labels, direction);
    const named = rules.flatMap(({ peers = [{}] }) =>
      peers.map(
        ({ namespaceSelector, ipBlock }) =>
          ipBlock?.cidr ?? namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'],
      ),
    );
    return [metadata.name, named.map(String).toSorted()];
  });
  return Object.fromEntries(entries);
}

/** Whether a policy lets anybody out to an address, on which ports. */
function portsTo(overlay: Overlay, labels: Labels, address: string): (number | string)[] {
  const rules = rulesFor(overlay, labels, 'Egress');
  return rules
    .filter(({ peers = [] }) => peers.some((peer) => covers(peer, address)))
    .flatMap(({ ports }) => ports);
}

function covers({ ipBlock }: Peer, address: string): boolean {
  if (ipBlock === undefined) return false;
  return isIn([ipBlock.cidr], address) && !isIn(ipBlock.except ?? [], address);
}

function isIn(networks: readonly string[], address: string): boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', bits] = network.split('/');
    list.addSubnet(base, Number(bits), isIPv6(base) ? 'ipv6' : 'ipv4');
  }
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
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

  test('lets messaging out to receivers of webhooks, by https, at public addresses alone', () => {
    for (const { metadata, spec } of overlay().workloads) {
      const portsAt = (address: string) => portsTo(overlay(), spec.template.metadata.labels, address);
      const open = metadata.name === 'messaging' ? [443] : [];
      for (const address of ['8.8.8.8', '172.32.0.1', '2606:4700::1111'])
        expect(portsAt(address)).toEqual(open);
      for (const address of notPublic) expect([address, portsAt(address)]).toEqual([address, []]);
    }
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
