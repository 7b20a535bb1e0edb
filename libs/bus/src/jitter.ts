/** `ms` give or take a quarter, so that many who wait for the same thing don't come back together. */
export function jittered(ms: number): number {
  return ms * (0.75 + Math.random() / 2);
}
