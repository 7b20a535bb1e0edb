import { once } from 'node:events';
import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { waitFor } from '@natter/testkit';
import { password } from './_client.ts';

export interface StreamedEvent {
  event: string;
  id?: string;
  data: Record<string, unknown>;
}

/** Server-sent events as a person gets them from one gateway. */
export class EventStream {
  /** All that came and was not taken yet. */
  readonly events: StreamedEvent[] = [];
  readonly #request: ClientRequest;
  #closed = false;

  private constructor(request: ClientRequest, response: IncomingMessage) {
    this.#request = request;
    this.#read(response).catch((error: unknown) => {
      if (!this.#closed) throw error;
    });
  }

  static async open(gateway: string, username: string): Promise<EventStream> {
    const request = get(`${gateway}/api/v1/events`, { auth: `${username}:${password}` });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    if (response.statusCode !== 200) throw new Error(`No stream: ${response.statusCode}`);
    return new EventStream(request, response);
  }

  /** Waits for an event of the kind, and takes it and all before it. @returns what was taken. */
  async upTo(event: string, isIt: (data: StreamedEvent['data']) => boolean = () => true) {
    const found = () => this.events.findIndex((one) => one.event === event && isIt(one.data));
    await waitFor(() => found() >= 0, { what: event });
    return this.events.splice(0, found() + 1);
  }

  close(): void {
    this.#closed = true;
    this.#request.destroy();
  }

  async #read(response: IncomingMessage): Promise<void> {
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) {
      const blocks = `${text}${chunk}`.split('\n\n');
      text = String(blocks.pop());
      this.events.push(...blocks.flatMap(parse));
    }
  }
}

function parse(block: string): StreamedEvent[] {
  const fields = new Map(
    block
      .split('\n')
      .map((line) => line.split(/: ?(.*)/s) as [string, string])
      .map(([name, value]) => [name, value] as const),
  );
  const [event, id, data] = ['event', 'id', 'data'].map((name) => fields.get(name));
  if (event === undefined || data === undefined) return [];
  return [{ event, ...(id !== undefined && { id }), data: JSON.parse(data) }];
}
