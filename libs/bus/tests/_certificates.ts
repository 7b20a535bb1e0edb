import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate, type SelfsignedOptions } from 'selfsigned';

const curve: SelfsignedOptions = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256' };

/** An authority of the test's own, and what it vouches for, in a folder that goes with it. */
export class Authority implements AsyncDisposable {
  readonly #folder: string;
  readonly #own: { cert: string; private: string };

  private constructor(folder: string, own: { cert: string; private: string }) {
    this.#folder = folder;
    this.#own = own;
  }

  static async create(): Promise<Authority> {
    const own = await generate([{ name: 'commonName', value: 'authority' }], {
      ...curve,
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, digitalSignature: true },
      ],
    });
    const authority = new Authority(await mkdtemp(join(tmpdir(), 'natter-authority-')), own);
    await writeFile(authority.filesOf('authority').cert, own.cert);
    return authority;
  }

  filesOf(name: string): { cert: string; key: string } {
    return { cert: join(this.#folder, `${name}.crt`), key: join(this.#folder, `${name}.key`) };
  }

  /** Vouches for a new key, good for a server on this machine and for a client. @returns the files. */
  async issue(name: string): Promise<{ cert: string; key: string }> {
    const issued = await generate([{ name: 'commonName', value: name }], {
      ...curve,
      ca: { cert: this.#own.cert, key: this.#own.private },
      extensions: [
        { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
        {
          name: 'subjectAltName',
          altNames: [
            { type: 2, value: 'localhost' },
            { type: 7, ip: '127.0.0.1' },
          ],
        },
      ],
    });
    const files = this.filesOf(name);
    await writeFile(files.cert, issued.cert);
    await writeFile(files.key, issued.private);
    return files;
  }

  /** In PEM, for those who are to trust it. */
  certificate(): string {
    return this.#own.cert;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }
}
