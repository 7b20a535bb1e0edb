import { z } from 'zod';
import type { Command } from '../../realtime/web-socket/commands.ts';
import {
  authFrameSchema,
  commandFrameSchema,
  cursorFrameSchema,
  entryFrameSchemas,
  errorFrameSchema,
  okFrameSchema,
  pingFrameSchema,
  presenceFrameSchema,
  receiptFrameSchema,
  resetFrameSchema,
  typingFrameSchema,
} from '../../realtime/web-socket/frame-schemas.ts';
import { pascalCase } from '../openapi/components.ts';

/** A kind of frame, as the document shows it. */
export interface DocumentedFrame {
  /** Of the schema: `SendFrame`. */
  readonly name: string;
  readonly summary: string;
  readonly schema: z.ZodType;
}

/** What a client asks for, and what it is answered where that was done. */
export interface DocumentedRequest {
  readonly type: string;
  readonly asked: DocumentedFrame;
  readonly done: DocumentedFrame;
}

const doneFrame = { name: 'OkFrame', summary: 'It is done', schema: okFrameSchema(z.object({})) };

const authRequest = {
  type: 'auth',
  asked: {
    name: 'AuthFrame',
    summary: 'Who I am: the first frame, within 5 s, where the request had no Authorization',
    schema: authFrameSchema,
  },
  done: doneFrame,
};

const pingRequest = {
  type: 'ping',
  asked: {
    name: 'PingFrame',
    summary: 'Are you there? For those that can send no ping of the protocol, such as pages',
    schema: pingFrameSchema,
  },
  done: doneFrame,
};

export function requestFrames(commands: readonly Command[]): DocumentedRequest[] {
  return [authRequest, pingRequest, ...commands.map(requestFrame)];
}

export const errorFrame: DocumentedFrame = {
  name: 'ErrorFrame',
  summary: 'It is not done',
  schema: errorFrameSchema,
};

export const eventFrames: readonly DocumentedFrame[] = [
  ...entryFrameSchemas.map((schema) => ({
    name: `${pascalCase(schema.shape.type.value)}Frame`,
    summary: 'An entry of a conversation of mine',
    schema,
  })),
  { name: 'ReceiptEventFrame', summary: 'Somebody has read up to here', schema: receiptFrameSchema },
  { name: 'TypingEventFrame', summary: 'Somebody is writing', schema: typingFrameSchema },
  { name: 'PresenceEventFrame', summary: 'Somebody is there, or no more', schema: presenceFrameSchema },
  {
    name: 'CursorFrame',
    summary: 'How far I have got, where that went with no entry',
    schema: cursorFrameSchema,
  },
  {
    name: 'ResetFrame',
    summary: 'The server was put back to an earlier moment: what I have is to be read anew',
    schema: resetFrameSchema,
  },
];

function requestFrame(command: Command): DocumentedRequest {
  const { type, route } = command;
  const name = pascalCase(type);
  const [answer] = Object.values(route.answers);
  const done = answer?.schema && {
    name: `${name}OkFrame`,
    summary: answer.description,
    schema: okFrameSchema(answer.schema),
  };
  const summary = `${route.summary}: as ${route.method.toUpperCase()} ${route.path}`;
  return {
    type,
    asked: { name: `${name}Frame`, summary, schema: commandFrameSchema(command) },
    done: done ?? doneFrame,
  };
}
