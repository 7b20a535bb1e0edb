import type { Random } from '../services/messaging/src/simulation/random.ts';
import type { FrameTarget } from './documented-frame.ts';
import type { FrameDraft } from './frame-draft.ts';
import { hostileName, hostileStructure, hostileText, hostileValue, structureMark } from './hostile-values.ts';

/** Makes one thing of a frame hostile. */
type FrameStrike = (random: Random, draft: FrameDraft, target: FrameTarget) => void;

const tooLarge = `{"type":"ping","ref":"${'x'.repeat(70_000)}"}`;

const noUtf8 = Buffer.from([0x22, 0xff, 0xfe, 0x22]);

/** Why a server may close on whoever sends it (RFC 6455, 7.4.1). */
export function mayCloseOn(bytes: Buffer): number | undefined {
  if (bytes.equals(noUtf8)) return 1007;
  return bytes.length > 65_536 ? 1009 : undefined;
}

const rawFrames: readonly (string | Buffer)[] = [
  '',
  '{',
  '{"type":',
  '{"type":"ping"}{"type":"ping"}',
  '{"type":"ping","type":"send"}',
  '{"type":"ping","ref":1,"ref":2}',
  '{"type":"send","data":{"conversation":"me","content":"a","content":"b"}}',
  '{"type":"send","data":{"conversation":"me","content":"a"},"data":{"conversation":"me","content":"b"}}',
  '{"type":"send","data":{"conversation":"me","content":"\\ud800"}}',
  '{"type":"send","data":{"conversation":"me","content":"\\u0000"}}',
  '{"type":"read","data":{"conversation":"me","seq":1e400}}',
  '{"type":"read","data":{"conversation":"me","seq":9007199254740993}}',
  '{"type":"read","data":{"conversation":"me","seq":-0}}',
  '{"type":"ping","ref":1e999}',
  '{"type":"ping","ref":123456789012345678901234567890}',
  '{"__proto__":{"type":"ping"}}',
  '{"type":"ping","__proto__":{"ref":1}}',
  '{"type":"ping","data":{"constructor":{"prototype":{"a":1}}}}',
  "{'type':'ping'}",
  '[]',
  '[{"type":"ping"}]',
  'null',
  '"ping"',
  '1e999',
  'NaN',
  '['.repeat(30_000),
  '{"a":'.repeat(10_000),
  `{"type":"ping","ref":"${'x'.repeat(60_000)}"}`,
  `{"type":"ping",${Array.from({ length: 300 }, (_, index) => `"k${index}":1`).join(',')}}`,
  '\ufeff{"type":"ping"}',
  tooLarge,
  noUtf8,
];

/** What is no type of a client's frame, but of something. */
const otherTypes = [
  'ok',
  'error',
  'cursor',
  'reset',
  'message.sent',
  '__proto__',
  'constructor',
  'toString',
  'sendMessage',
  'SEND',
  'send ',
];

/** Into an own property, whatever its name is. */
function put(draft: FrameDraft, name: string, value: unknown): void {
  const { data } = draft;
  const fields = typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {};
  draft.data = Object.fromEntries([...Object.entries(fields), [name, value]]);
}

const strikeField: FrameStrike = (random, draft, { names }) =>
  put(draft, names.length > 0 ? random.pick(names) : 'content', hostileValue(random));

const strikeText: FrameStrike = (random, draft, { names }) => {
  if (names.includes('content')) put(draft, 'content', hostileText(random));
};

const addField: FrameStrike = (random, draft) =>
  put(draft, hostileName(random), random.chance(50) ? hostileStructure(random) : structureMark);

const addBeside: FrameStrike = (random, { beside }) => {
  beside.push([hostileName(random), random.chance(50) ? hostileStructure(random) : structureMark]);
};

const strikeRef: FrameStrike = (random, draft) => {
  draft.ref = hostileValue(random);
};

const strikeType: FrameStrike = (random, draft) => {
  draft.type = random.chance(60) ? random.pick(otherTypes) : hostileValue(random);
};

const replaceData: FrameStrike = (random, draft) => {
  draft.data = hostileValue(random);
};

const replaceAll: FrameStrike = (random, draft) => {
  draft.raw = random.chance(80) ? random.pick(rawFrames) : JSON.stringify(hostileStructure(random));
};

const asBinary: FrameStrike = (_random, draft) => {
  draft.isBinary = true;
};

const onWhatIsAsked: readonly FrameStrike[] = [strikeField, strikeField, strikeText, strikeText, addField];

const onWhatWrapsIt: readonly FrameStrike[] = [
  addBeside,
  strikeRef,
  strikeType,
  replaceData,
  replaceAll,
  replaceAll,
  asBinary,
];

/** What can be done to a frame; to what it asks more often than to what wraps that. */
export const frameStrikes: readonly FrameStrike[] = [...onWhatIsAsked, ...onWhatIsAsked, ...onWhatWrapsIt];
