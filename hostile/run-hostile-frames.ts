import { waitFor } from '@natter/testkit';
import { asyncApi } from '../services/gateway/tests/_asyncapi.ts';
import { type Frame, SocketUser, type SocketUserOptions } from '../services/gateway/tests/_socket-user.ts';
import { type FrameTarget, frameTargetsOf } from './documented-frame.ts';
import { mayCloseOn } from './frame-strikes.ts';
import { type FrameStage, type HostileFrame, hostileFrame } from './hostile-frame.ts';
import { inRounds } from './in-rounds.ts';
import { faultsOfFrame, isTakenText, isUndecidedFrame, unfaithfulContent } from './judge-frame.ts';
import { randomFor } from './random-for.ts';
import type { HostileOptions } from './run-hostile.ts';
import { accessToken, setStage } from './stage.ts';

export interface HostileFramesReport {
  frames: number;
  /** How many were answered with what: `ok`, the code of an error, or the code of a close. */
  readonly answers: Map<string, number>;
  /** By type, how many frames were made of it, and how many of those were taken. */
  readonly types: Map<string, { aimed: number; taken: number }>;
  /** Texts that were taken and compared. */
  texts: number;
  readonly faults: { readonly number: number; readonly frame: HostileFrame; readonly fault: string }[];
}

/** Sends hostile frames over WebSockets and judges the answers. Each follows from the seed and its number. */
export async function runHostileFrames(url: string, options: HostileOptions): Promise<HostileFramesReport> {
  const documented = frameTargetsOf(asyncApi);
  // What asks for more can be attacked in more ways.
  const targets = documented.flatMap((target) =>
    Array.from({ length: target.required.length + 1 }, () => target),
  );
  const report: HostileFramesReport = {
    frames: 0,
    answers: new Map(),
    types: new Map(documented.map(({ type }) => [type, { aimed: 0, taken: 0 }])),
    texts: 0,
    faults: [],
  };
  const round = new FrameRound(url, targets, report);
  await inRounds(options, (from, to) => round.run(options.seed, from, to));
  return report;
}

class FrameRound {
  readonly #url: string;
  readonly #targets: readonly FrameTarget[];
  readonly #report: HostileFramesReport;

  constructor(url: string, targets: readonly FrameTarget[], report: HostileFramesReport) {
    this.#url = url;
    this.#targets = targets;
    this.#report = report;
  }

  async run(seed: number, from: number, to: number): Promise<void> {
    const name = `f${seed}-${from}`;
    const stage = { ...(await setStage(this.#url, name)), token: await accessToken(this.#url, name) };
    let known: SocketUser | undefined;
    for (let number = from; number < to; number += 1) {
      const target = this.#targets[number % this.#targets.length] as FrameTarget;
      const frame = hostileFrame(randomFor(seed, `frame ${number}`), target, stage);
      // Who has said who they are can't say it again, so each of these has a connection of its own.
      if (target.type === 'auth') await this.#withStranger((user) => this.#send(user, number, frame, stage));
      else {
        if (known?.code !== undefined) known = undefined;
        known ??= await this.#connect({ token: stage.token });
        await this.#send(known, number, frame, stage);
      }
    }
    known?.socket.terminate();
  }

  async #withStranger(work: (user: SocketUser) => Promise<void>): Promise<void> {
    const user = await this.#connect({ token: null });
    await work(user);
    user.socket.terminate();
  }

  async #connect(options: SocketUserOptions): Promise<SocketUser> {
    const user = new SocketUser(`${this.#url}/api/v1/ws`, options);
    await user.connected;
    if (user.refusal !== undefined) throw new Error(`No WebSocket: ${JSON.stringify(user.refusal)}`);
    return user;
  }

  async #send(user: SocketUser, number: number, frame: HostileFrame, stage: FrameStage): Promise<void> {
    const answer = await answerTo(user, frame);
    this.#count(frame, answer ?? user.code);
    const faults = [...user.faults.splice(0), ...(await this.#faultsOf(user, frame, answer, stage))];
    this.#report.faults.push(...faults.map((fault) => ({ number, frame, fault })));
  }

  async #faultsOf(
    user: SocketUser,
    frame: HostileFrame,
    answer: Frame | undefined,
    { authorization }: FrameStage,
  ): Promise<string[]> {
    if (answer === undefined) {
      return user.code === mayCloseOn(frame.bytes) ? [] : [`closed with ${user.code} and no answer`];
    }
    return [
      ...faultsOfFrame(frame, answer),
      ...(await unfaithfulContent(this.#url, authorization, frame, answer)),
    ];
  }

  #count(frame: HostileFrame, outcome: Frame | number | undefined): void {
    const { answers, types } = this.#report;
    const isAnswer = typeof outcome === 'object';
    const name = isAnswer ? (outcome.error?.code ?? 'ok') : `closed ${outcome}`;
    this.#report.frames += 1;
    answers.set(name, (answers.get(name) ?? 0) + 1);
    const counted = types.get(frame.target);
    if (counted !== undefined) counted.aimed += 1;
    if (counted !== undefined && name === 'ok') counted.taken += 1;
    if (isAnswer && isTakenText(frame, outcome)) this.#report.texts += 1;
  }
}

const isAnswer = ({ type }: Frame) => type === 'ok' || type === 'error';

/** Undefined where the server closed on it. What is not served for want of a processor is asked again. */
async function answerTo(user: SocketUser, frame: HostileFrame): Promise<Frame | undefined> {
  let answer: Frame | undefined;
  const isDecided = async () => {
    answer = await oneAnswer(user, frame);
    return !isUndecidedFrame(answer);
  };
  await waitFor(isDecided, { what: 'another answer' }).catch(() => undefined);
  return answer;
}

async function oneAnswer(user: SocketUser, { bytes, isBinary }: HostileFrame): Promise<Frame | undefined> {
  if (user.frames.filter(isAnswer).length > 1) user.faults.push('the frame before was answered twice');
  // Of a connection for thousands of frames nothing need be kept.
  user.frames.length = 0;
  user.socket.send(bytes, { binary: isBinary });
  const has = () => user.frames.some(isAnswer) || user.code !== undefined;
  await waitFor(has, { what: 'an answer' }).catch(() => undefined);
  return user.frames.find(isAnswer);
}
