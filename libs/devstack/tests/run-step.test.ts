import { expect, test } from '@jest/globals';
import { waitFor } from '@natter/testkit';
import { isAlive } from '../src/processes/signal-group.ts';
import { runStep, StepError } from '../src/providers/run-step.ts';

const step = (program: string, timeoutMs = 10_000) => ({
  command: process.execPath,
  args: ['--input-type=module', '--eval', program],
  show: /^shown/,
  timeoutMs,
});

function context() {
  const said: string[] = [];
  const controller = new AbortController();
  const { signal } = controller;
  return { said, controller, cache: '', say: (line: string) => void said.push(line), signal };
}

test('a step shows the lines that people should see', async () => {
  const { said, ...rest } = context();
  await runStep(step('console.log("shown 1"); console.log("hidden"); console.log("shown 2")'), rest);
  expect(said).toEqual(['  shown 1', '  shown 2']);
});

test('a step that fails tells what it wrote to stderr', async () => {
  const failing = runStep(step('console.error("no disk"); process.exit(2)'), context());
  await expect(failing).rejects.toThrow(StepError);
  await expect(failing).rejects.toMatchObject({ message: 'ended with exit code 2', output: 'no disk\n' });
});

test('a step that takes too long is ended', async () => {
  const endless = runStep(step('setInterval(() => {}, 1000)', 500), context());
  await expect(endless).rejects.toThrow('took longer than 0.5 s');
});

test('a step whose person has had enough is ended, with all that it started', async () => {
  const { said, controller, ...rest } = context();
  const program = `
    import { spawn } from 'node:child_process';
    const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    console.log('shown ' + child.pid);
    setInterval(() => {}, 1000);
  `;
  const endless = runStep(step(program), rest);
  await waitFor(() => said.length > 0, { what: 'its first line' });
  controller.abort(new Error('enough'));
  await expect(endless).rejects.toThrow('enough');
  const grandchild = Number(said[0]!.replace('  shown ', ''));
  await waitFor(() => !isAlive(grandchild), { what: 'the end of what it started' });
});
