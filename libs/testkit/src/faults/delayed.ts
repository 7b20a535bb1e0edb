import { Transform } from 'node:stream';

/** Passes on what comes after so many milliseconds, in its order, however much is on its way. */
export function delayed(delayMs: () => number): Transform {
  let onItsWay = Promise.resolve();
  return new Transform({
    transform(chunk, _encoding, done) {
      const arrival = later(delayMs());
      onItsWay = onItsWay.then(() => arrival).then(() => void this.push(chunk));
      done();
    },
    async flush(done) {
      await onItsWay;
      done();
    },
  });
}

async function later(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
