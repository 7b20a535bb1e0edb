/** A signal often comes twice at once: from the terminal to the whole group, and forwarded by npm. */
const sameRequestMs = 1_000;

/**
 * Aborts when this process is to stop: by a signal, or because the process that started it is gone.
 *
 * @param force called when that is asked for again, later than a second after the first time.
 */
export function stopRequest(force: () => void): AbortSignal {
  const controller = new AbortController();
  let first: number | undefined;
  const stop = () => {
    if (first !== undefined && performance.now() - first > sameRequestMs) force();
    first ??= performance.now();
    controller.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  process.on('disconnect', stop);
  // Nobody reads us any more: the terminal was closed, or a pipe's other end.
  process.stdout.on('error', () => controller.abort());
  process.stderr.on('error', () => controller.abort());
  return controller.signal;
}
