import { createSchemaCheck, type OpenApiDocument } from '@natter/testkit';
import { routes } from './_document.ts';

interface Messages {
  messages: readonly { $ref: string }[];
}

/** Of an AsyncAPI 3 document, what tests read. */
export interface AsyncApiDocument extends Pick<OpenApiDocument, 'components'> {
  asyncapi: string;
  operations: Readonly<Record<string, Messages & { action: 'receive' | 'send'; reply?: Messages }>>;
}

async function readDocument(): Promise<AsyncApiDocument> {
  const route = routes.find(({ path }) => path === '/asyncapi.json');
  const reply = await route?.handle({} as never);
  return JSON.parse(JSON.stringify(reply?.body));
}

/** What a gateway shows at `/asyncapi.json`, without asking one. */
export const asyncApi = await readDocument();

const check = createSchemaCheck(asyncApi);

/** The schemas of all that the server sends over a WebSocket. */
const sent = Object.values(asyncApi.operations)
  .flatMap(({ action, messages, reply }) => (action === 'send' ? messages : (reply?.messages ?? [])))
  .map(({ $ref }) => ({ $ref: `#/components/schemas/${$ref.split('/').at(-1)}` }));

/** Why a frame of the server is none that the document has; nothing where it is one. */
export function faultsInFrame(frame: unknown): string[] {
  return sent.some((schema) => check(schema, frame).length === 0) ? [] : [JSON.stringify(frame)];
}
