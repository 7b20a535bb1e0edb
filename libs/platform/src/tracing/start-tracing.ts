import type { TracingOptions } from './tracing-options.ts';

/**
 * From now on what this process does is traced. Without a call of it no OpenTelemetry SDK is even loaded, and the spans
 * of the code are those of the bare API, which does nothing.
 *
 * @returns what sends the last spans, waiting for at most about 2 s, and ends the tracing.
 */
export async function startTracing(options: TracingOptions): Promise<() => Promise<void>> {
  const { startSdk } = await import('./start-sdk.ts');
  return startSdk(options);
}
