import { afterEach } from '@jest/globals';
import { type ProcessExit, SupervisedProcess } from '../src/processes/supervised-process.ts';

const started: SupervisedProcess[] = [];

afterEach(() => {
  for (const process of started.splice(0)) process.kill();
});

export interface Supervised {
  readonly process: SupervisedProcess;
  /** What it wrote, by line. */
  readonly lines: string[];
  readonly deaths: ProcessExit[];
  readonly gaveUp: ProcessExit[];
}

/** Keeps a little program running until the test is over. */
export function supervise(name: string, program: string): Supervised {
  const lines: string[] = [];
  const deaths: ProcessExit[] = [];
  const gaveUp: ProcessExit[] = [];
  const supervised = new SupervisedProcess(
    {
      name,
      command: process.execPath,
      args: ['--input-type=module', '--eval', program],
      environment: process.env,
      output: (line) => lines.push(line),
    },
    { changed() {}, died: (exit) => deaths.push(exit), gaveUp: (exit) => gaveUp.push(exit) },
  );
  started.push(supervised);
  supervised.start();
  return { process: supervised, lines, deaths, gaveUp };
}

/** Says that it is there, and stops when told to. */
export const obedient = `
  process.on('SIGTERM', () => { console.log('stopped'); process.exit(0); });
  console.log('started ' + process.pid);
  setInterval(() => {}, 1000);
`;

/** Starts a child of its own and hears no SIGTERM. */
export const stubborn = `
  import { spawn } from 'node:child_process';
  process.on('SIGTERM', () => {});
  const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  console.log('child ' + child.pid);
  setInterval(() => {}, 1000);
`;
