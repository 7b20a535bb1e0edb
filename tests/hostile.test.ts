import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type NatterInOneProcess, startInOneProcess } from '../hostile/natter-in-one-process.ts';
import { type HostileReport, runHostile } from '../hostile/run-hostile.ts';
import { type HostileFramesReport, runHostileFrames } from '../hostile/run-hostile-frames.ts';
import { closeConnections } from '../hostile/send.ts';

/** The beginning of what `npm run hostile` sends with the same seed. */
const options = { seed: 1, from: 0, to: 900, rounds: 3 };

const frameOptions = { seed: 1, from: 0, to: 240, rounds: 1 };

describe('hostile requests to every operation of the document, and hostile frames', () => {
  let natter: NatterInOneProcess;
  let report: HostileReport;
  let frames: HostileFramesReport;

  beforeAll(async () => {
    natter = await startInOneProcess({
      natsUrl: String(process.env['TEST_NATS_URL']),
      mongoUrl: String(process.env['TEST_MONGODB_URL']),
      logLevel: 'silent',
    });
    report = await runHostile(natter.url, options);
    frames = await runHostileFrames(natter.url, frameOptions);
  });
  afterAll(async () => {
    closeConnections();
    await natter.stop();
  });

  it('are answered as the document says, none with a 5xx, and texts that are taken are given as they were', () => {
    expect(
      report.faults.map(({ number, fault }) => `--seed ${options.seed} --only ${number}: ${fault}`),
    ).toEqual([]);
    expect(report.requests).toBe(options.to);
    expect(report.texts).toBeGreaterThan(30);
  });

  it('are each answered once over a WebSocket, as the document says and never with a 5xx, and texts are given as they were', () => {
    expect(
      frames.faults.map(
        ({ number, fault }) => `--seed ${frameOptions.seed} --only-frame ${number}: ${fault}`,
      ),
    ).toEqual([]);
    expect(frames.frames).toBe(frameOptions.to);
    expect(frames.texts).toBeGreaterThan(10);
    expect([...frames.types].filter(([, { aimed, taken }]) => aimed < 10 || taken === 0)).toEqual([]);
  });

  it('make no operator, no list and no name that reaches MongoDB', () => {
    expect(natter.commands.faults).toEqual([]);
    expect(natter.commands.count).toBeGreaterThan(options.to / 2);
  });

  it('leave no operation out', () => {
    expect([...report.operations].filter(([, { aimed }]) => aimed < 10)).toEqual([]);
  });
});
