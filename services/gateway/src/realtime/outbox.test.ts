import { expect, it } from '@jest/globals';
import { Flushes } from './flushes.ts';
import { Outbox } from './outbox.ts';

/** An outbox whose client reads what it is let read, and whose last frame grows by so many bytes when it is written. */
function createOutbox({ grows = 0 } = {}) {
  const written: { bytes: number; taken: () => void }[] = [];
  const state = { most: 0, slow: 0, refused: 0 };
  const sink = {
    get bufferedAmount() {
      return written.reduce((sum, { bytes }) => sum + bytes, 0);
    },
    writeAll: (frames: readonly Buffer[], taken: () => void) => {
      written.push({ bytes: frames.reduce((sum, { length }) => sum + length, 0), taken });
    },
  };
  const outbox: Outbox = new Outbox({
    flushes: new Flushes(),
    beforeFlush: () => {
      const done = grows === 0 || outbox.replace(outbox.queued - 1, Buffer.alloc(grows));
      if (!done) state.refused += 1;
    },
    tooSlow: () => {
      state.slow += 1;
      outbox.close();
    },
  });
  outbox.attach(sink);
  const put = (bytes: number) => {
    outbox.put(Buffer.alloc(bytes));
    state.most = Math.max(state.most, outbox.heldBytes);
  };
  const read = () => {
    for (const { taken } of written.splice(0)) taken();
  };
  return { outbox, state, put, read };
}

it.each([100, 4_000, 50_000, 90_000])('never holds more than it may, of frames of %i bytes', (bytes) => {
  const { state, put } = createOutbox();
  let frames = 0;
  for (; state.slow === 0; frames += 1) put(bytes);
  const full = Math.min(Math.floor(1_024_000 / (bytes + 512)), 512);
  expect([state.most, frames]).toEqual([full * (bytes + 512), full + 1]);
});

it('does not write what would be more, in the place of another frame', () => {
  const { outbox, state, put } = createOutbox({ grows: 65_000 });
  while (state.slow === 0) {
    put(5_000);
    outbox.flush();
    expect(outbox.heldBytes).toBeLessThanOrEqual(1_024_000);
  }
  expect(state.refused).toBeGreaterThan(0);
});

it('says when there is room again, and cuts nobody who reads', async () => {
  const { outbox, state, put, read } = createOutbox();
  for (let round = 0; round < 10; round += 1) {
    for (let n = 0; n < 400; n += 1) put(1_000);
    const drained = outbox.drained();
    expect(outbox.isPressed).toBe(true);
    read();
    await drained;
    expect([outbox.isPressed, outbox.waitingBytes]).toEqual([false, 0]);
  }
  expect(state.slow).toBe(0);
});
