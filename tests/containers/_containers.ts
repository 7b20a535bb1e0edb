import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { uniqueName } from '@natter/testkit';
import { DockerComposeEnvironment, type StartedDockerComposeEnvironment } from 'testcontainers';
import { type Client, createClients, type Installation } from '../_client.ts';

const run = promisify(execFile);

const root = fileURLToPath(new URL('../../', import.meta.url));

const files = ['docker-compose.yml', 'tests/containers/compose.yml'];

/** A machine that does other things too takes its time. */
const healthyWithinMs = 600_000;

/** What `docker compose up` brings up, with a name and volumes of its own, on a free port of the host. */
export class Containers implements Installation {
  readonly #project: string;
  readonly #environment: StartedDockerComposeEnvironment;
  readonly #clientOf = createClients();

  private constructor(project: string, environment: StartedDockerComposeEnvironment) {
    this.#project = project;
    this.#environment = environment;
  }

  /** Builds the images and resolves when all is healthy. */
  static async start(): Promise<Containers> {
    await run(process.execPath, ['scripts/secrets.mjs'], { cwd: root });
    const project = uniqueName();
    const environment = await new DockerComposeEnvironment(root, files)
      .withProjectName(project)
      .withEnvironment({ HOST: '127.0.0.1', PORT: '0', REGISTRATION: 'open' })
      .withStartupTimeout(healthyWithinMs)
      .withBuild()
      .up();
    return new Containers(project, environment);
  }

  async gateways(): Promise<readonly string[]> {
    return [`http://127.0.0.1:${this.#environment.getContainer('gateway-1').getMappedPort(8000)}`];
  }

  async as(username: string): Promise<Client> {
    const [url] = await this.gateways();
    return this.#clientOf(String(url), username);
  }

  /** `docker compose run --rm natter …`, with something on its standard input. */
  async operate(args: readonly string[], input = ''): Promise<Outcome> {
    const compose = [
      'compose',
      '--project-name',
      this.#project,
      ...files.flatMap((file) => ['--file', file]),
    ];
    const command = [...compose, 'run', '--rm', '--no-TTY', 'natter', ...args];
    const child = spawn('docker', command, { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.end(input);
    const [output, errors, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { code, output, errors };
  }

  /** Runs a program in a container. @returns what it prints. */
  async exec(container: string, ...command: string[]): Promise<string> {
    const { output } = await this.#environment.getContainer(container).exec(command);
    return output.trim();
  }

  /** Of all containers that run, what Docker knows of them. */
  async inspect(): Promise<Inspected[]> {
    const filter = `label=com.docker.compose.project=${this.#project}`;
    const { stdout: ids } = await run('docker', ['ps', '--quiet', '--filter', filter]);
    return inspect(ids.trim().split('\n'));
  }

  /** Stops a container as `docker stop` does. @returns its exit code. */
  async stop(container: string): Promise<number> {
    const id = this.#environment.getContainer(container).getId();
    await run('docker', ['stop', id]);
    const [{ State }] = (await inspect([id])) as [Inspected];
    return State.ExitCode;
  }

  async remove(): Promise<void> {
    await this.#environment.down({ removeVolumes: true });
  }
}

export interface Outcome {
  code: number | null;
  output: string;
  errors: string;
}

/** A part of what `docker inspect` tells of a container. */
export interface Inspected {
  Name: string;
  State: { ExitCode: number };
  Config: { User: string; Image: string; Labels: Record<string, string> };
  HostConfig: { ReadonlyRootfs: boolean; CapDrop: string[] | null; SecurityOpt: string[] | null };
  NetworkSettings: { Ports: Record<string, { HostIp: string }[] | null> };
}

async function inspect(ids: readonly string[]): Promise<Inspected[]> {
  const { stdout } = await run('docker', ['inspect', ...ids]);
  return JSON.parse(stdout) as Inspected[];
}

/** In bytes, what an image adds to the one that it is based on. */
export async function sizeOver(base: string, image: string): Promise<number> {
  const { stdout } = await run('docker', ['image', 'inspect', '--format', '{{.Size}}', base, image]);
  const [baseSize, size] = stdout.trim().split('\n').map(Number) as [number, number];
  return size - baseSize;
}
