import { get, type IncomingMessage } from 'node:http';

export interface ReadEvent {
  id?: string;
  event?: string;
  data?: { conversationId: string; rev: number };
}

/** One connection to `/events`, and what came over it. */
export class EventReader {
  readonly response: IncomingMessage;
  readonly events: ReadEvent[] = [];
  readonly comments: string[] = [];
  ended = false;
  #text = '';

  private constructor(response: IncomingMessage) {
    this.response = response;
    response.setEncoding('utf8');
    response.on('data', (text: string) => this.#read(text));
    response.on('close', () => {
      this.ended = true;
    });
    response.on('error', () => undefined);
  }

  static open(url: string, headers: Record<string, string>): Promise<EventReader> {
    const { promise, resolve, reject } = Promise.withResolvers<EventReader>();
    get(url, { headers, agent: false }, (response) => resolve(new EventReader(response))).on('error', reject);
    return promise;
  }

  /** The last cursor. */
  get cursor(): string | undefined {
    return this.events.findLast(({ id }) => id !== undefined)?.id;
  }

  /** Of the entries that came, in their order. */
  get revs(): number[] {
    return this.events.flatMap(({ data }) => data?.rev ?? []);
  }

  close(): void {
    this.response.destroy();
  }

  #read(text: string): void {
    const blocks = (this.#text + text).split('\n\n');
    this.#text = blocks.pop() ?? '';
    for (const block of blocks) this.#readOne(block.split('\n'));
  }

  #readOne(lines: readonly string[]): void {
    const event: Record<string, unknown> = {};
    for (const line of lines) {
      const [, name = '', value = ''] = /^(\w*): ?(.*)$/.exec(line) ?? [];
      if (name === '') this.comments.push(value);
      else event[name] = name === 'data' ? JSON.parse(value) : value;
    }
    if ('id' in event || 'event' in event) this.events.push(event);
  }
}
