import type { AsyncApiDocument } from '../services/gateway/tests/_asyncapi.ts';

/** What of a frame of a client, as the AsyncAPI document has it, can be aimed at. */
export interface FrameTarget {
  readonly type: string;
  /** The names in its `data`, and which of them must be there. */
  readonly names: readonly string[];
  readonly required: readonly string[];
}

interface FrameSchema {
  readonly properties: {
    readonly data: { readonly properties: object; readonly required?: readonly string[] };
  };
}

/** All that a client may ask over a WebSocket. */
export function frameTargetsOf({ operations, components }: AsyncApiDocument): FrameTarget[] {
  return Object.entries(operations)
    .filter(([, { action }]) => action === 'receive')
    .map(([type, { messages }]) => {
      const name = messages[0]?.$ref.split('/').at(-1) ?? '';
      const { data } = (components.schemas[name] as unknown as FrameSchema).properties;
      return { type, names: Object.keys(data.properties), required: data.required ?? [] };
    });
}
