import { OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { closeReasons } from '../../realtime/web-socket/close-codes.ts';
import type { Command } from '../../realtime/web-socket/commands.ts';
import { nameComponent, nameComponents } from '../openapi/components.ts';
import {
  type DocumentedFrame,
  type DocumentedRequest,
  errorFrame,
  eventFrames,
  requestFrames,
} from './frames.ts';

export interface AsyncApiOptions {
  version: string;
  commands: readonly Command[];
}

const channel = { $ref: '#/channels/webSocket' };

/** The AsyncAPI 3 document of the WebSocket: what either side sends, by the schemas that frames are checked with. */
export function createAsyncApiDocument({ version, commands }: AsyncApiOptions) {
  const requests = requestFrames(commands);
  const requested = requests.flatMap(({ asked, done }) => [asked, done]);
  const frames = [...new Set([...requested, errorFrame, ...eventFrames])];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Natter, live',
      version,
      description,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    channels: { webSocket: channelOf(frames) },
    operations: {
      ...Object.fromEntries(requests.map((request) => [request.type, requestOf(request)])),
      event: {
        action: 'send',
        channel,
        summary: 'What happens in my conversations, as it happens',
        messages: eventFrames.map(refOf),
      },
    },
    components: { schemas: schemasOf(frames) },
  };
}

const description = [
  'Frames are JSON in UTF-8. What I ask has a `ref`, which its answer repeats; answers come in any order.',
  'The token is in the `Authorization` header of the request for the upgrade, or in the first frame, `auth`.',
  'Everything up to a frame with an `id` was told: the latest `id` is the cursor to resume from, by `?after=` beside the header or in `auth`.',
  'Entries may come twice; `(conversationId, rev)` identifies them.',
  `Close codes: ${Object.entries(closeReasons)
    .map(([code, reason]) => `${code} ${reason}`)
    .join(', ')}, 1009 a frame over 64 KiB.`,
  'Over HTTP: `/openapi.json`.',
].join(' ');

function channelOf(frames: readonly DocumentedFrame[]) {
  const after = { type: 'string', description: 'The cursor to resume from' };
  return {
    address: '/api/v1/ws',
    description: '`/api/ws` is the same.',
    messages: Object.fromEntries(frames.map((frame) => [frame.name, messageOf(frame)])),
    bindings: {
      ws: { method: 'GET', query: { type: 'object', properties: { after } }, bindingVersion: '0.1.0' },
    },
  };
}

function messageOf({ name, summary }: DocumentedFrame) {
  return { summary, payload: { $ref: `#/components/schemas/${name}` } };
}

function refOf({ name }: DocumentedFrame) {
  return { $ref: `#/channels/webSocket/messages/${name}` };
}

function requestOf({ asked, done }: DocumentedRequest) {
  const reply = { channel, messages: [done, errorFrame].map(refOf) };
  return { action: 'receive', channel, summary: asked.summary, messages: [refOf(asked)], reply };
}

function schemasOf(frames: readonly DocumentedFrame[]) {
  nameComponents();
  for (const { name, schema } of frames) nameComponent(name, schema);
  const definitions = frames.map(({ schema }) => ({ type: 'schema' as const, schema }));
  return new OpenApiGeneratorV31(definitions).generateComponents().components?.schemas ?? {};
}
