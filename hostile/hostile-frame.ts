import type { Random } from '../services/messaging/src/simulation/random.ts';
import type { FrameTarget } from './documented-frame.ts';
import type { FrameDraft } from './frame-draft.ts';
import { frameStrikes } from './frame-strikes.ts';
import type { Stage } from './stage.ts';

/** In UTF-16, as the document says. */
const longestRef = 64;

export interface HostileFrame {
  /** The type of frame that it is made of. */
  readonly target: string;
  readonly bytes: Buffer;
  readonly isBinary: boolean;
  /** What its answer repeats, if it is taken; undefined where that is not looked at. */
  readonly ref: string | number | null | undefined;
  /** The text that it asks to send, where it asks for that. */
  readonly content: string | undefined;
}

/** What a frame of the stage's people may say of whom and what. */
export type FrameStage = Stage & { readonly token: string };

/** A valid frame, in which up to three things are then made hostile. */
export function hostileFrame(random: Random, target: FrameTarget, stage: FrameStage): HostileFrame {
  const draft = validDraft(random, target, stage);
  const times = random.pick([0, 1, 1, 1, 1, 1, 2, 2, 2, 3]);
  for (let time = 0; time < times; time += 1) random.pick(frameStrikes)(random, draft, target);
  return frameOf(target, draft);
}

function validDraft(random: Random, { type, names, required }: FrameTarget, stage: FrameStage): FrameDraft {
  const values: Record<string, unknown> = {
    token: stage.token,
    conversation: random.pick(stage.references['conversation'] ?? []),
    content: 'a text',
    seq: random.between(0, 4),
    replyTo: random.between(1, 4),
    clientMessageId: `key-${random.between(0, 999_999_999)}`.padEnd(16, '-'),
    after: 'a cursor',
  };
  const given = names.filter((name) => required.includes(name) || random.chance(20));
  const data = Object.fromEntries(given.map((name) => [name, values[name]]));
  return { type, ref: random.between(0, 999), data, beside: [], raw: undefined, isBinary: false };
}

function frameOf({ type: target }: FrameTarget, draft: FrameDraft): HostileFrame {
  const { type, ref, data, beside, raw, isBinary } = draft;
  const json = JSON.stringify(Object.fromEntries([['type', type], ['ref', ref], ['data', data], ...beside]));
  const isSend = type === 'send' && raw === undefined && !isBinary;
  const content = isSend ? (data as { content?: unknown } | null)?.content : undefined;
  return {
    target,
    bytes: Buffer.from(raw ?? json),
    isBinary,
    ref: raw === undefined ? refOf(ref) : undefined,
    content: typeof content === 'string' ? content : undefined,
  };
}

function refOf(ref: unknown): string | number | null {
  const isOne = typeof ref === 'string' ? ref.length <= longestRef : Number.isSafeInteger(ref);
  return isOne ? (ref as string | number) : null;
}
