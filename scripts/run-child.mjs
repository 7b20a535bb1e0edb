import { spawn } from 'node:child_process';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program and passes the signals that reach us on to it. One that is `detached`, in a process group of
 * its own, is ended at once instead, with all that it started.
 *
 * @param options those of `spawn`; `quiet` keeps a piped stderr from being shown.
 * @returns {Promise<{ code: number, signalled: boolean, output: string }>} `code` is 1 for a program that a
 *   signal ended, `signalled` whether we were told to stop, `output` what it wrote to a piped stderr.
 */
export async function runChild(command, args, { quiet = false, ...options } = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  const run = { code: 1, signalled: false, output: '' };
  child.stderr?.on('data', (chunk) => {
    run.output += chunk;
    if (!quiet) process.stderr.write(chunk);
  });
  const forward = (signal) => {
    run.signalled = true;
    if (!options.detached) child.kill(signal);
    else if (isRunning(child)) process.kill(-Number(child.pid), 'SIGKILL');
  };
  for (const signal of signals) process.on(signal, forward);
  try {
    run.code = await ended(child);
    return run;
  } finally {
    for (const signal of signals) process.off(signal, forward);
  }
}

function isRunning({ pid, exitCode, signalCode }) {
  return pid !== undefined && exitCode === null && signalCode === null;
}

function ended(child) {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
