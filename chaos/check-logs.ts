import { runNatter } from '@natter/testkit';
import type { Installation } from './installation.ts';

/** By then the sweeper has taken up whatever was left behind. */
const patienceMs = 30_000;

/** `npm run natter -- check`. @returns what it found and would not go away. */
export async function checkLogs({ environment }: Installation): Promise<string[]> {
  const began = performance.now();
  for (;;) {
    const { code, output } = await runNatter(['check'], { ...process.env, ...environment });
    if (code === 0) return [];
    if (performance.now() - began > patienceMs) return [output];
  }
}
