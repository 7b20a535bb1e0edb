import { frameOf } from '../frame-of.ts';
import type { EphemeralEvent, LiveEntry } from '../live-events.ts';

/** Of what many clients are told at once, the frame is made once. */
const made = new WeakMap<LiveEntry | EphemeralEvent, Buffer>();

/** The frame of an entry, the same for all of its clients. */
export function entryFrame(live: LiveEntry): Buffer {
  return made.get(live) ?? remember(live, live.entry.type);
}

export function ephemeralFrame(event: EphemeralEvent): Buffer {
  return made.get(event) ?? remember(event, event.type);
}

/** The frame of an entry for one client, with the cursor up to there. */
export function entryFrameWith(cursor: string, { entry, json }: LiveEntry): Buffer {
  return frameOf(`{"type":"${entry.type}","id":"${cursor}","data":${json}}`);
}

/** A frame with nothing but a cursor. */
export function cursorFrame(type: 'cursor' | 'reset', cursor: string): Buffer {
  return frameOf(`{"type":"${type}","id":"${cursor}","data":{}}`);
}

function remember(event: LiveEntry | EphemeralEvent, type: string): Buffer {
  const frame = frameOf(`{"type":"${type}","data":${event.json}}`);
  made.set(event, frame);
  return frame;
}
