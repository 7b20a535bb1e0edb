import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { alice } from './_stack.ts';

type Fields = Record<string, unknown>;

const json = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** ES256 as JWTs have it: r and s, 32 bytes each. */
function es256(input: string, key: KeyObject): Buffer {
  return sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
}

/** The order of P-256. */
const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The other signature that fits the same text and key: (r, n - s). */
function mirrored(signature: Buffer): Buffer {
  const s = BigInt(`0x${signature.subarray(32).toString('hex')}`);
  const other = Buffer.from((n - s).toString(16).padStart(64, '0'), 'hex');
  return Buffer.concat([signature.subarray(0, 32), other]);
}

/** Another text that decodes to the same bytes: the bits that the last character has too many are set. */
function withTrailingBits(part: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return part.slice(0, -1) + alphabet.charAt(alphabet.indexOf(part.slice(-1)) + 1);
}

/** Makes tokens that a gateway which knows the key, as `k1`, would take for good but for what is wrong with them. */
export class TokenForge {
  readonly #keys: { privateKey: KeyObject; publicKey: KeyObject };
  readonly #claims: Fields;

  constructor(keys: { privateKey: KeyObject; publicKey: KeyObject }, sid: string) {
    const now = Math.floor(Date.now() / 1_000);
    this.#keys = keys;
    this.#claims = {
      iss: 'natter',
      aud: 'natter-api',
      sub: alice.id,
      sid,
      jti: sid,
      username: 'alice',
      iat: now,
      exp: now + 600,
    };
  }

  token(claims: Fields = {}, header: Fields = {}, key = this.#keys.privateKey): string {
    const input = this.#input(claims, header);
    return `${input}.${es256(input, key).toString('base64url')}`;
  }

  /** The same token in other letters. */
  reencoded(): (readonly [what: string, token: string])[] {
    const [head = '', body = '', signature = ''] = this.token().split('.');
    const bytes = Buffer.from(signature, 'base64url');
    return [
      ['as it is', `${head}.${body}.${signature}`],
      ['signed by the mirrored signature', `${head}.${body}.${mirrored(bytes).toString('base64url')}`],
      ['with other trailing bits', `${head}.${body}.${withTrailingBits(signature)}`],
      ['with padding', `${head}.${body}.${signature}==`],
      ['in the alphabet of base64', `${head}.${body}.${bytes.toString('base64')}`],
      ['with its claims in another order', this.token({ exp: this.#claims['exp'], extra: 1 })],
    ];
  }

  /** @param url where keys could be fetched from by whoever is told to. */
  hostile(url: string): (readonly [what: string, token: string])[] {
    const { privateKey, publicKey } = this.#keys;
    const theirs = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = theirs.publicKey.export({ format: 'jwk' });
    const pem = publicKey.export({ type: 'spki', format: 'pem' });
    const secrets = [pem, publicKey.export({ type: 'spki', format: 'der' }), ''];
    const [head = '', body = '', signature = ''] = this.token().split('.');
    const header = (fields: Fields) => [JSON.stringify(fields), this.token({}, fields)] as const;
    const claims = (fields: Fields) => [JSON.stringify(fields), this.token(fields)] as const;
    const now = Number(this.#claims['iat']);
    return [
      ...['none', 'None', 'NONE', ''].map((alg) => [`alg "${alg}"`, `${this.#input({}, { alg })}.`] as const),
      ['alg none with a signature', `${this.#input({}, { alg: 'none' })}.${signature}`],
      ...secrets.map((secret, number) => {
        const input = this.#input({}, { alg: 'HS256' });
        const mac = createHmac('sha256', secret).update(input).digest('base64url');
        return [`HS256 by what is public, ${number}`, `${input}.${mac}`] as const;
      }),
      ...['ES384', 'RS256', 'PS256', 'EdDSA', 'es256'].map((alg) => header({ alg })),
      ['a jwk of its own', this.token({}, { jwk }, theirs.privateKey)],
      ['a jku', this.token({}, { jku: `${url}/jku` }, theirs.privateKey)],
      ['an x5u', this.token({}, { x5u: `${url}/x5u` }, theirs.privateKey)],
      ['a kid that is an address', this.token({}, { kid: `${url}/kid` }, theirs.privateKey)],
      ...[{ x5c: ['MIIB'] }, { jku: `${url}/jku` }, { x5u: `${url}/x5u` }, { jwk }].map(header),
      ...[{ crit: ['exp'] }, { crit: [] }, { b64: false, crit: ['b64'] }, { zip: 'DEF' }, { cty: 'JWT' }].map(
        header,
      ),
      ...['../../../../dev/null', '/etc/passwd', '__proto__', 'constructor', '', "' OR 1=1 --", 'k1\0'].map(
        (kid) => header({ kid }),
      ),
      ...[{ kid: ['k1'] }, { kid: 1 }, { kid: null }, { kid: { k1: 1 } }, { kid: undefined }].map(header),
      ...[{ typ: 'JWT' }, { typ: 'application/at+jwt' }, { typ: undefined }, { typ: 'refresh+jwt' }].map(
        header,
      ),
      ...[{ iss: 'other' }, { iss: ['natter'] }, { iss: undefined }].map(claims),
      ...[{ aud: 'other' }, { aud: ['other'] }, { aud: {} }, { aud: undefined }].map(claims),
      ...[undefined, null, String(now + 600), 'never', true, [now + 600], {}, 0, -1, 1e21].map((exp) =>
        claims({ exp }),
      ),
      ...[
        { exp: now - 100, iat: now - 700 },
        { exp: now + 86_401 },
        { iat: now + 60 },
        { nbf: now + 60 },
      ].map(claims),
      ...[{ iat: undefined }, { iat: String(now) }].map(claims),
      ...['sub', 'sid', 'jti', 'username'].flatMap((name) =>
        [undefined, null, 1, true, ['alice'], { $ne: null }].map((value) => claims({ [name]: value })),
      ),
      ...['mfa', null, ['mfa', 1], { 0: 'mfa' }].map((amr) => claims({ amr })),
      ...[{ sub: 'alice' }, { sub: '__proto__' }, { sid: 'x' }].map(claims),
      ['claims that are no object', this.#signed(`${head}.${json([this.#claims])}`)],
      ['claims that are no JSON', this.#signed(`${head}.${Buffer.from('{').toString('base64url')}`)],
      ['a header that is no object', this.#signed(`${json('ES256')}.${body}`)],
      ['no part', ''],
      ['two parts', `${head}.${body}`],
      ['four parts', `${head}.${body}.${signature}.${signature}`],
      ['five parts, as of a JWE', `${head}.${signature}.${signature}.${body}.${signature}`],
      ['very many parts', 'a.'.repeat(4_000)],
      ['two tokens', `${head}.${body}.${signature} ${head}.${body}.${signature}`],
      ['no signature', `${head}.${body}.`],
      ['a signature of noughts', `${head}.${body}.${Buffer.alloc(64).toString('base64url')}`],
      [
        'a signature in DER',
        `${head}.${body}.${sign('sha256', Buffer.from(`${head}.${body}`), privateKey).toString('base64url')}`,
      ],
      ['the signature of another', `${head}.${body}.${this.token({ jti: 'other' }).split('.')[2]}`],
      [
        'the claims of another',
        `${head}.${json({ ...this.#claims, sub: alice.id.replace('1', '2') })}.${signature}`,
      ],
      ['a key that is not ours', this.token({}, {}, theirs.privateKey)],
    ];
  }

  #input(claims: Fields, header: Fields): string {
    const head = { alg: 'ES256', typ: 'at+jwt', kid: 'k1', ...header };
    return `${json(head)}.${json({ ...this.#claims, ...claims })}`;
  }

  #signed(input: string): string {
    return `${input}.${es256(input, this.#keys.privateKey).toString('base64url')}`;
  }
}
