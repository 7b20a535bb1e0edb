import { Deadline } from '@natter/bus';
import { errorTable, type NatterError } from '@natter/contracts';
import type { Logger } from '@natter/platform';
import { uuidv7 } from 'uuidv7';
import { toNatterError } from '../../http/problem.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { answerWithinMs } from '../../http/serve-route.ts';
import { errorFrame, okFrame } from './answer-frames.ts';
import type { FrameAllowance } from './frame-allowance.ts';
import { type ClientFrame, readFrame } from './read-frame.ts';
import type { SocketMetrics } from './socket-metrics.ts';

export interface FrameAnswersOptions {
  /** Where the client is. */
  readonly address: string | undefined;
  /** Undefined where nothing is limited. */
  readonly allowance: FrameAllowance | undefined;
  /** Does what a frame asks for. @returns the `data` of the answer. */
  readonly perform: (frame: ClientFrame, context: RequestContext) => Promise<unknown>;
  /** Takes the answer, and where that is an error which. */
  readonly answer: (frame: Buffer, error?: NatterError) => void;
  readonly metrics: SocketMetrics;
  readonly logger: Logger;
}

/** Answers each frame of one client, whatever it is. */
export class FrameAnswers {
  readonly #options: FrameAnswersOptions;
  #inFlight = 0;

  constructor(options: FrameAnswersOptions) {
    this.#options = options;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Resolves when it is answered. */
  async take(data: Buffer, isBinary: boolean): Promise<void> {
    const { address, perform, answer } = this.#options;
    const context = { requestId: uuidv7(), deadline: Deadline.in(answerWithinMs), address };
    let frame: ClientFrame = { ref: null, type: undefined, value: undefined };
    this.#inFlight += 1;
    try {
      frame = readFrame(data, isBinary);
      this.#options.allowance?.take();
      answer(okFrame(frame.ref, await perform(frame, context)));
      this.#options.metrics.answered(frame.type, 'ok');
    } catch (thrown) {
      answer(this.#refusal(frame, thrown, context), toNatterError(thrown));
    } finally {
      this.#inFlight -= 1;
    }
  }

  #refusal({ ref, type }: ClientFrame, thrown: unknown, { requestId }: RequestContext): Buffer {
    const { metrics, logger } = this.#options;
    const error = toNatterError(thrown);
    const { code } = error;
    metrics.answered(type, code);
    const level = errorTable[code].status >= 500 ? 'warn' : 'debug';
    logger[level]({ requestId, code, ...(error !== thrown && { err: thrown }) }, 'refused a frame');
    return errorFrame(ref, error, requestId);
  }
}
