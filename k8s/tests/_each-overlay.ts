import { afterAll, beforeAll, describe } from '@jest/globals';
import { Overlay, type OverlayName, overlays } from './_overlay.ts';

/** Defines tests for every overlay, each rendered once. */
export function describeEachOverlay(define: (overlay: () => Overlay, name: OverlayName) => void): void {
  describe.each(overlays)('the overlay %s', (name) => {
    let overlay: Overlay;
    beforeAll(async () => {
      overlay = await Overlay.render(name);
    });
    afterAll(() => overlay[Symbol.asyncDispose]());
    define(() => overlay, name);
  });
}
