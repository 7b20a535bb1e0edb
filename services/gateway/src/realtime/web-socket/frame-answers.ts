import { Deadline } from '@natter/bus';
import { errorTable, type NatterError } from '@natter/contracts';
import type { Logger } from '@natter/platform';
import { uuidv7 } from 'uuidv7';
import { toNatterError } from '../../http/problem.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { answerWithinMs } from '../../http/serve-route.ts';
import { errorFrame, okFrame } from './answer-frames.ts';
import { type ClientFrame, readFrame } from './read-frame.ts';
import type { SocketMetrics } from './socket-metrics.ts';

/** A client whose frames are answered. */
export interface Asker {
  /** Where it is. */
  readonly address: string | undefined;
  /** @throws {NatterError} `rate_limited` where it has sent too many. */
  takeFrame(): void;
  /** Does what a frame asks for. @returns the `data` of the answer. */
  perform(frame: ClientFrame, context: RequestContext): Promise<unknown>;
  /** Takes the answer, and where that is an error which. */
  answer(frame: Buffer, error?: NatterError): void;
}

/** Answers each frame of each client, whatever it is. */
export class FrameAnswers {
  readonly #metrics: SocketMetrics;
  readonly #logger: Logger;

  constructor(metrics: SocketMetrics, logger: Logger) {
    this.#metrics = metrics;
    this.#logger = logger;
  }

  /** Resolves when it is answered. */
  async take(asker: Asker, data: Buffer, isBinary: boolean): Promise<void> {
    const { address } = asker;
    const context = { requestId: uuidv7(), deadline: Deadline.in(answerWithinMs), address };
    let frame: ClientFrame = { ref: null, type: undefined, value: undefined };
    try {
      frame = readFrame(data, isBinary);
      asker.takeFrame();
      asker.answer(okFrame(frame.ref, await asker.perform(frame, context)));
      this.#metrics.answered(frame.type, 'ok');
    } catch (thrown) {
      asker.answer(this.#refusal(frame, thrown, context), toNatterError(thrown));
    }
  }

  #refusal({ ref, type }: ClientFrame, thrown: unknown, { requestId }: RequestContext): Buffer {
    const error = toNatterError(thrown);
    const { code } = error;
    this.#metrics.answered(type, code);
    const level = errorTable[code].status >= 500 ? 'warn' : 'debug';
    this.#logger[level]({ requestId, code, ...(error !== thrown && { err: thrown }) }, 'refused a frame');
    return errorFrame(ref, error, requestId);
  }
}
