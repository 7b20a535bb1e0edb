import type { Request, RequestHandler, Response } from 'express';
import { onceAnswered } from './answered.ts';

/** Has `tell` called once when the request is answered. */
type WhenAnswered = (tell: () => void) => void;

/** What is done to every request before anybody looks at what it asks for. What it throws is the answer. */
export type Step = (request: Request, response: Response, whenAnswered: WhenAnswered) => void;

/**
 * One middleware of many steps, each of them done when it returns; one that answers is the last. As a middleware each, they
 * would cost Express as much as all that they do.
 */
export function receive(steps: readonly Step[]): RequestHandler {
  return (request, response, next) => {
    const told: (() => void)[] = [];
    const whenAnswered = (tell: () => void) => void told.push(tell);
    onceAnswered(response, () => {
      for (const tell of told) tell();
    });
    for (const step of steps) {
      step(request, response, whenAnswered);
      if (response.writableEnded) return;
    }
    next();
  };
}
