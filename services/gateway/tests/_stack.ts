import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { type Bus, connectBus, type Handler, implement, type Serving } from '@natter/bus';
import {
  checkCredentials,
  type EndedSession,
  getUser,
  listEndedSessions,
  listSigningKeys,
  NatterError,
  type ServiceName,
  type SigningKey,
  sessionEnded,
} from '@natter/contracts';
import { createLogger, parseConfig } from '@natter/platform';
import { uniqueName } from '@natter/testkit';
import jwt from 'jsonwebtoken';
import { GatewayService, gatewaySettings } from '../src/index.ts';
import { Client } from './_client.ts';

export const alice = {
  id: '01941f29-7c00-7000-8000-000000000001',
  username: 'alice',
  displayName: 'Alice',
  created: '2026-01-01T00:00:00.000Z',
};
/** As she sees herself. */
export const herself = { ...alice, receipts: 'shared' as const, secondFactor: 'off' as const };
/** What is left of a user whose account is deleted. */
export const deletedUser = {
  id: '01941f29-7c00-7000-8000-0000000000d1',
  username: 'deleted',
  displayName: 'deleted',
  deleted: true,
} as const;
export const password = 'natter-demo';
export const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString('base64')}`;

const logger = createLogger({ name: 'test', level: 'silent' });
const natsUrl = String(process.env['TEST_NATS_URL']);

/** What was asked to look users up. */
export const lookups: unknown[] = [];

/** Gateways on a prefix of their own, and what answers them in place of the other services. */
export class Stack {
  readonly #natsUrl: string;
  readonly #prefix: string;
  readonly #bus: Bus;
  readonly #key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #gateways: GatewayService[] = [];
  readonly #servings: Serving[] = [];
  /** What the users service tells to whoever asks. */
  readonly ended: EndedSession[] = [];

  private constructor(url: string, prefix: string, bus: Bus) {
    this.#natsUrl = url;
    this.#prefix = prefix;
    this.#bus = bus;
  }

  static async create(url = natsUrl): Promise<Stack> {
    const prefix = uniqueName();
    return new Stack(url, prefix, await connectBus({ url, name: 'test', prefix, logger }));
  }

  /** The other services' way to the gateways. */
  get bus(): Bus {
    return this.#bus;
  }

  /** What the users service signs access tokens with, as `k1`. */
  get keys() {
    return this.#key;
  }

  /** By which a gateway finds the others; where nobody keeps buckets, nobody can count. */
  get environment(): Record<string, string> {
    return { NATS_URL: this.#natsUrl, NATS_PREFIX: this.#prefix, RATE_LIMIT: 'off' };
  }

  createGateway(environment: Record<string, string> = {}): GatewayService {
    const settings = {
      ...this.environment,
      PORT: '0',
      LOG_LEVEL: 'silent',
      // Here nobody chooses between gateways.
      DRAIN_SECONDS: '0',
      // Its buckets are kept by the users service, which is not here.
      PRESENCE: 'off',
      ...environment,
    };
    const config = parseConfig(gatewaySettings, settings);
    const gateway = GatewayService.create(config);
    this.#gateways.push(gateway);
    return gateway;
  }

  async startGateway(environment?: Record<string, string>): Promise<Client> {
    const gateway = this.createGateway(environment);
    await gateway.start();
    return new Client(gateway.url, this.token());
  }

  async serve(service: ServiceName, ...handlers: Handler[]): Promise<Serving> {
    const serving = await this.#bus.serve(handlers, {
      service,
      version: '0.0.1',
      maxInFlight: 64,
    });
    this.#servings.push(serving);
    return serving;
  }

  /** A users service that knows alice, and that the password of dora is not enough. */
  serveAlice(...handlers: Handler[]): Promise<Serving> {
    return this.serve(
      'users',
      implement(listSigningKeys, async () => ({ keys: [this.#publicKey()] })),
      implement(listEndedSessions, async () => ({ sessions: this.ended })),
      implement(checkCredentials, async (given) => {
        if (given.username === 'alice' && given.password === password) return alice;
        if (given.username === 'dora' && given.password === password) {
          throw new NatterError('second_factor_required');
        }
        throw new NatterError('invalid_credentials', { detail: `wrong for ${given.username}` });
      }),
      implement(getUser, async (request) => {
        lookups.push(request);
        if ('id' in request && request.id === deletedUser.id) return deletedUser;
        const hers = 'id' in request ? request.id === alice.id : request.username === 'alice';
        if (hers) return request.callerId === alice.id ? herself : alice;
        throw new NatterError('user_not_found', { detail: 'deleted last week' });
      }),
      ...handlers,
    );
  }

  /** Tells all gateways that a session of alice has ended, as the users service does. */
  end(id: string): Promise<void> {
    const accessUntil = new Date(Date.now() + 600_000).toISOString();
    this.ended.push({ id, accessUntil });
    return this.#bus.push(sessionEnded, { userId: alice.id, sessions: [{ id, accessUntil }] });
  }

  /** What the users service does for those who count wrong passwords. */
  keepBuckets(): Promise<void> {
    return this.#bus.keepBuckets('users');
  }

  token(claims: object = {}): string {
    const identity = { sub: alice.id, username: alice.username, sid: randomUUID(), jti: randomUUID() };
    return jwt.sign({ ...identity, iss: 'natter', aud: 'natter-api', ...claims }, this.#key.privateKey, {
      algorithm: 'ES256',
      expiresIn: 600,
      header: { alg: 'ES256', typ: 'at+jwt', kid: 'k1' },
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#gateways.map((gateway) => gateway.stop()));
    await Promise.all(this.#servings.map((serving) => serving.stop()));
    await this.#bus.close();
  }

  #publicKey(): SigningKey {
    const { x, y } = this.#key.publicKey.export({ format: 'jwk' });
    return { kty: 'EC', crv: 'P-256', x: String(x), y: String(y), kid: 'k1', alg: 'ES256', use: 'sig' };
  }
}
