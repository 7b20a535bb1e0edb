import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { uniqueName } from '@natter/testkit';
import { natsUrl } from './_bus.ts';

test('a closed bus keeps no process alive and says nothing on the console', async () => {
  const script = join(import.meta.dirname, '_short-life.ts');
  const run = promisify(execFile)(process.execPath, [script, natsUrl(), uniqueName()], { timeout: 8_000 });
  await expect(run).resolves.toEqual({ stdout: '', stderr: '' });
});
