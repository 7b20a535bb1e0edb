import type { ProcessExit } from '../processes/supervised-process.ts';
import type { RunningServer } from '../servers/running-server.ts';
import type { RunningService } from '../services/start-service.ts';

interface ServerRecord {
  url: string;
  /** Null where the server is not ours, and while ours is being started again. */
  pid: number | null;
  provider: string;
}

interface ServiceRecord {
  name: string;
  /** From 1. */
  replica: number;
  pid: number | null;
  adminUrl: string;
  lastExit: ProcessExit | null;
}

/** What runs, for other programs to read. */
export interface RunRecord {
  launcher: { pid: number };
  gateway: string[];
  nats: ServerRecord;
  mongo: ServerRecord;
  services: ServiceRecord[];
}

export function runRecord(running: {
  gateways: readonly string[];
  nats: RunningServer;
  mongo: RunningServer;
  services: readonly RunningService[];
}): RunRecord {
  return {
    launcher: { pid: process.pid },
    gateway: [...running.gateways],
    nats: serverRecord(running.nats),
    mongo: serverRecord(running.mongo),
    services: running.services.map(serviceRecord),
  };
}

function serverRecord({ url, provider, process }: RunningServer): ServerRecord {
  return { url, pid: process?.pid ?? null, provider };
}

function serviceRecord({ name, replica, adminUrl, process }: RunningService): ServiceRecord {
  return { name, replica, pid: process.pid, adminUrl, lastExit: process.lastExit };
}
