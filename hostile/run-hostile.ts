import { createAnswerValidator, type OpenApiDocument } from '@natter/testkit';
import { type Target, targetsOf } from './documented-operation.ts';
import { type HostileRequest, hostileRequest } from './hostile-request.ts';
import { inRounds, type Range } from './in-rounds.ts';
import { faultsOf, takenTexts, unfaithfulTexts } from './judge-answer.ts';
import { randomFor } from './random-for.ts';
import { type ReceivedAnswer, sendUntilDecided } from './send.ts';
import { type Stage, setStage } from './stage.ts';

export interface HostileOptions extends Range {
  readonly seed: number;
}

export interface HostileReport {
  requests: number;
  readonly statuses: Map<number, number>;
  /** By operation, how many requests were aimed at it, and how many of those were taken. */
  readonly operations: Map<string, { aimed: number; taken: number }>;
  /** Texts that were taken and compared. */
  texts: number;
  /** How many were asked again since they were answered 503 or 504. */
  again: number;
  readonly faults: { readonly number: number; readonly request: HostileRequest; readonly fault: string }[];
}

/** Sends hostile requests and judges the answers. Each follows from the seed and its number. */
export async function runHostile(url: string, options: HostileOptions): Promise<HostileReport> {
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as OpenApiDocument;
  const documented = targetsOf(document);
  // What takes a body can be attacked in more ways.
  const targets = documented.flatMap((target) => (target.body ? [target, target, target] : [target]));
  const report: HostileReport = {
    requests: 0,
    statuses: new Map(),
    operations: new Map(documented.map(({ id }) => [id, { aimed: 0, taken: 0 }])),
    texts: 0,
    again: 0,
    faults: [],
  };
  const round = new Round(url, targets, createAnswerValidator(document), report);
  await inRounds(options, (from, to) => round.run(options.seed, from, to));
  return report;
}

class Round {
  readonly #url: string;
  readonly #targets: readonly Target[];
  readonly #validate: ReturnType<typeof createAnswerValidator>;
  readonly #report: HostileReport;

  constructor(
    url: string,
    targets: readonly Target[],
    validate: ReturnType<typeof createAnswerValidator>,
    report: HostileReport,
  ) {
    this.#url = url;
    this.#targets = targets;
    this.#validate = validate;
    this.#report = report;
  }

  async run(seed: number, from: number, to: number): Promise<void> {
    const stage = await setStage(this.#url, `h${seed}-${from}`);
    for (let number = from; number < to; number += 1) {
      const target = this.#targets[number % this.#targets.length] as Target;
      await this.#ask(number, hostileRequest(randomFor(seed, number), target, stage), stage);
    }
  }

  async #ask(number: number, request: HostileRequest, { authorization }: Stage): Promise<void> {
    const answer = await sendUntilDecided(this.#url, request, () => {
      this.#report.again += 1;
    });
    this.#count(request, answer);
    const faults = [
      ...faultsOf(request, answer, this.#validate),
      ...(await unfaithfulTexts(this.#url, authorization, request, answer)),
    ];
    this.#report.faults.push(...faults.map((fault) => ({ number, request, fault })));
  }

  #count(request: HostileRequest, answer: ReceivedAnswer): void {
    const { statuses, operations } = this.#report;
    this.#report.requests += 1;
    this.#report.texts += takenTexts(request, answer);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const counted = operations.get(request.target);
    if (counted === undefined) return;
    counted.aimed += 1;
    if (answer.status < 300) counted.taken += 1;
  }
}
