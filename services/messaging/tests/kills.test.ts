import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { waitFor } from '@natter/testkit';
import { check } from '../src/operator/check.ts';
import { openArchives } from '../src/operator/open-archives.ts';
import { startProcess, stopProcess } from './_process.ts';
import { openStack } from './_stack.ts';

const kills = 30;

let stack: Awaited<ReturnType<typeof openStack>>;
let serving: ChildProcess | undefined;

beforeAll(async () => {
  stack = await openStack();
});
afterAll(async () => {
  if (serving) await stopProcess(serving);
  await stack.stop();
});

/** Senders that never stop; `sent` counts what was acknowledged. */
function keepSending() {
  const stopping = new AbortController();
  const load = { sent: 0 };
  const send = async (sender: number): Promise<void> => {
    for (let n = 1; !stopping.signal.aborted; n += 1) {
      const message = { conversation: { with: 'bob' }, content: `${sender}/${n}` };
      const clientMessageId = `kills-${sender}-${String(n).padStart(12, '0')}`;
      // An answer that a process took with it is not waited for long.
      await stack.as('alice', 2_000).sendUntilKnown({ ...message, clientMessageId });
      load.sent += 1;
    }
  };
  const done = Promise.all([1, 2, 3].map(send));
  return {
    load,
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

it(`check finds nothing after ${kills} kills under load`, async () => {
  const { load, stop } = keepSending();
  serving = await startProcess(stack.settings);
  for (let kill = 1; kill <= kills; kill += 1) {
    const before = load.sent;
    // The next is there before this one dies: they write to one conversation, against each other.
    const next = await startProcess(stack.settings);
    await waitFor(() => load.sent > before, { what: `sends before kill ${kill}` });
    const ended = once(serving, 'exit');
    serving.kill('SIGKILL');
    serving = next;
    await ended;
  }
  await stop();
  const said: string[] = [];
  const archives = await openArchives({
    environment: () => ({
      ...stack.settings,
      ADMIN_PORT: '0',
      NATS_STREAM_REPLICAS: undefined,
      OTEL_TRACES_SAMPLER_ARG: '1',
      GROUP_MAX_MEMBERS: '1000',
    }),
    say: (line) => said.push(line),
    progress: () => undefined,
    fail: () => undefined,
  });
  try {
    const findings = await check(archives, { say: (line) => said.push(line), progress: () => undefined });
    expect([findings, said]).toEqual([0, ['Looked at 1 conversation: nothing is wrong.']]);
  } finally {
    await archives.close();
  }
}, 300_000);
