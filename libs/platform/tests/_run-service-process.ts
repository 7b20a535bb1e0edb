import { fileURLToPath } from 'node:url';
import { afterEach } from '@jest/globals';
import { LoggedProcess } from '@natter/testkit';

const program = fileURLToPath(new URL('./_behaving-service.ts', import.meta.url));

const running: LoggedProcess[] = [];

afterEach(() => {
  for (const service of running.splice(0)) service.kill();
});

/** Starts a process with a service of that behaviour; `channel` is that of a parent that watches over it. */
export function runServiceProcess(behaviour: string, { channel = false } = {}): LoggedProcess {
  const service = new LoggedProcess(program, { args: [behaviour], channel });
  running.push(service);
  return service;
}
