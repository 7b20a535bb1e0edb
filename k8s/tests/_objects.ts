/** Of Kubernetes' objects, what the tests read. */
export interface KubernetesObject {
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Labels };
  automountServiceAccountToken?: boolean;
  data?: Record<string, string>;
}

export type Labels = Record<string, string>;

export interface Selector {
  matchLabels?: Labels;
  matchExpressions?: { key: string; operator: string; values: string[] }[];
}

/** A Deployment, a StatefulSet or a Job. */
export interface Workload extends KubernetesObject {
  spec: {
    replicas?: number;
    strategy?: { rollingUpdate?: { maxUnavailable?: number | string } };
    selector?: Selector;
    template: { metadata: { labels: Labels }; spec: PodSpec };
  };
}

interface PodSpec {
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  enableServiceLinks?: boolean;
  terminationGracePeriodSeconds?: number;
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostIPC?: boolean;
  securityContext?: { runAsNonRoot?: boolean; runAsUser?: number; seccompProfile?: { type: string } };
  topologySpreadConstraints?: { topologyKey: string; labelSelector?: Selector }[];
  initContainers?: Container[];
  containers: Container[];
  volumes?: Volume[];
}

interface Volume {
  name: string;
  secret?: { secretName: string; defaultMode?: number };
  configMap?: { name: string };
  emptyDir?: object;
}

export interface Container {
  name: string;
  image: string;
  ports?: { name: string; containerPort: number }[];
  env?: EnvironmentVariable[];
  envFrom?: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  startupProbe?: Probe;
  readinessProbe?: Probe;
  livenessProbe?: Probe;
  lifecycle?: { preStop?: { sleep?: { seconds: number } } };
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  securityContext?: object;
  volumeMounts?: { name: string; mountPath: string }[];
}

interface EnvironmentVariable {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef?: { name: string; key: string } };
}

interface Probe {
  httpGet?: { path: string; port: string };
  exec?: object;
  tcpSocket?: object;
}

interface Service extends KubernetesObject {
  spec: { selector: Labels; ports: { name: string; port: number; targetPort?: string }[] };
}

interface Ingress extends KubernetesObject {
  metadata: KubernetesObject['metadata'] & { annotations?: Record<string, string> };
  spec: {
    rules: { http: { paths: { backend: { service: { name: string; port: { name: string } } } }[] } }[];
  };
}

interface DisruptionBudget extends KubernetesObject {
  spec: { maxUnavailable?: number; minAvailable?: number; selector: Selector };
}

interface Autoscaler extends KubernetesObject {
  spec: {
    scaleTargetRef: { apiVersion: string; kind: string; name: string };
    minReplicas?: number;
    maxReplicas: number;
  };
}

export interface NetworkPolicy extends KubernetesObject {
  spec: {
    podSelector: Selector;
    policyTypes: string[];
    ingress?: PolicyRule[];
    egress?: PolicyRule[];
  };
}

interface PolicyRule {
  /** Of ingress. */
  from?: Peer[];
  /** Of egress. */
  to?: Peer[];
  ports?: { port: number | string }[];
}

export interface Peer {
  podSelector?: Selector;
  namespaceSelector?: Selector;
  ipBlock?: { cidr: string; except?: string[] };
}

/** The objects of each kind that the tests look at. */
export interface Kinds {
  Namespace: KubernetesObject;
  ServiceAccount: KubernetesObject;
  ConfigMap: KubernetesObject;
  Secret: KubernetesObject;
  Deployment: Workload;
  StatefulSet: Workload;
  Job: Workload;
  Service: Service;
  Ingress: Ingress;
  PodDisruptionBudget: DisruptionBudget;
  HorizontalPodAutoscaler: Autoscaler;
  NetworkPolicy: NetworkPolicy;
}

/** Whether a selector takes pods with these labels. */
export function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values }) => {
      if (operator !== 'In') throw new Error(`the tests don't know the operator ${operator}`);
      return values.includes(labels[key] ?? '');
    })
  );
}
