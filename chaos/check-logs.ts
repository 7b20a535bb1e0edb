import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Installation } from './installation.ts';

const script = fileURLToPath(new URL('../scripts/natter.mjs', import.meta.url));

/** By then the sweeper has taken up whatever was left behind. */
const patienceMs = 30_000;

/** `npm run natter -- check`. @returns what it found and would not go away. */
export async function checkLogs(installation: Installation): Promise<string[]> {
  const began = performance.now();
  for (;;) {
    const { code, output } = await check(installation.environment);
    if (code === 0) return [];
    if (performance.now() - began > patienceMs) return [output];
  }
}

async function check(environment: NodeJS.ProcessEnv): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [script, 'check'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const [said, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await ended;
  return { code, output: `${said}${complaints}` };
}
