import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const openssl = (...args: string[]) => promisify(execFile)('openssl', args);

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** An authority of the test's own, in a folder that goes with it, and what it vouches for. */
export class Authority implements AsyncDisposable {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async create(): Promise<Authority> {
    const authority = new Authority(await mkdtemp(join(tmpdir(), 'natter-authority-')));
    const { cert, key } = authority.filesOf('authority');
    await openssl(
      'req',
      '-x509',
      ...newKey,
      '-subj',
      '/CN=authority',
      '-days',
      '1',
      '-keyout',
      key,
      '-out',
      cert,
    );
    return authority;
  }

  filesOf(name: string): { cert: string; key: string } {
    return { cert: join(this.#folder, `${name}.crt`), key: join(this.#folder, `${name}.key`) };
  }

  /** Vouches for a new key, good for a server on this machine and for a client. @returns the files. */
  async issue(name: string): Promise<{ cert: string; key: string }> {
    const [files, own] = [this.filesOf(name), this.filesOf('authority')];
    const [request, names] = [join(this.#folder, 'request'), join(this.#folder, 'names')];
    await writeFile(names, 'subjectAltName=DNS:localhost,IP:127.0.0.1');
    await openssl('req', ...newKey, '-subj', `/CN=${name}`, '-keyout', files.key, '-out', request);
    const signed = ['-CA', own.cert, '-CAkey', own.key, '-CAcreateserial', '-days', '1', '-extfile', names];
    await openssl('x509', '-req', '-in', request, ...signed, '-out', files.cert);
    return files;
  }

  /** In PEM, for those who are to trust it. */
  certificate(): Promise<string> {
    return readFile(this.filesOf('authority').cert, 'utf8');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }
}
