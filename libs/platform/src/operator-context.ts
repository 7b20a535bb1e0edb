import type { Environment } from './config.ts';

/** What the operator's command line gives to each service's commands. */
export interface OperatorContext {
  /** The settings of the installation. @throws when it is not known where its servers are. */
  environment: () => Environment;
  /** Says something that stays. */
  say: (line: string) => void;
  /** Shows how far a command is; the next one may take its place. */
  progress: (line: string) => void;
  /** Ends the command line with exit code 1 once the command is through. */
  fail: () => void;
}

/** Why a command could not do its work, in a sentence for the operator. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
  /** 1 where the command broke off, 2 where it could not begin. */
  readonly exitCode: 1 | 2;

  constructor(message: string, { exitCode = 2, ...options }: ErrorOptions & { exitCode?: 1 | 2 } = {}) {
    super(message, options);
    this.exitCode = exitCode;
  }
}
