import type { StreamEvent } from './live-stream.ts';

const lineEnd = /\r\n|\n|\r(?!$)/;

/** Reads `text/event-stream` as it comes (HTML standard, 9.2.6). */
export class EventStreamParser {
  /** Milliseconds after which the server wants the client back when it ends the stream. */
  retryMs: number | undefined;
  #rest = '';
  #type = '';
  #id: string | undefined;
  #data: string[] = [];

  /** @returns the events that are complete now. */
  push(text: string): StreamEvent[] {
    const lines = (this.#rest + text).split(lineEnd);
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.#take(line));
  }

  #take(line: string): StreamEvent[] {
    if (line === '') return this.#end();
    const [, field, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (field === 'event') this.#type = value;
    else if (field === 'data') this.#data.push(value);
    else if (field === 'id') this.#id = value;
    else if (field === 'retry' && /^\d{1,9}$/.test(value)) this.retryMs = Number(value);
    return [];
  }

  #end(): StreamEvent[] {
    const [type, id, data] = [this.#type, this.#id, this.#data];
    this.#type = '';
    this.#id = undefined;
    this.#data = [];
    if (data.length > 0) return [{ type, id, data: JSON.parse(data.join('\n')) }];
    // A place alone, for whoever was not told of anything up to there.
    return id === undefined ? [] : [{ type: '', id, data: undefined }];
  }
}
