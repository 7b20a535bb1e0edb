import { type ServiceName, serviceNames } from './service-names.ts';

export interface PlannedService {
  readonly name: ServiceName;
  /** From 1. */
  readonly replica: number;
  /** For people: the name, with the replica where there are several. */
  readonly label: string;
  readonly adminPort: number;
  /** Only for gateways. */
  readonly port: number | undefined;
}

/** One entry for each process that is to run; `adminPorts` must hold a port for each. */
export function planServices(
  replicas: Readonly<Record<ServiceName, number>>,
  ports: { readonly gateways: readonly number[]; readonly admin: readonly number[] },
): PlannedService[] {
  const admin = ports.admin.values();
  return serviceNames.flatMap((name) =>
    Array.from({ length: replicas[name] }, (_, index) => ({
      name,
      replica: index + 1,
      label: replicas[name] > 1 ? `${name}.${index + 1}` : name,
      adminPort: admin.next().value!,
      port: name === 'gateway' ? ports.gateways[index] : undefined,
    })),
  );
}
