import type { RequestHandler } from 'express';
import type { Admit } from '../../limits/admit.ts';
import { addressOf } from '../address-of.ts';
import { onceAnswered } from '../answered.ts';

/** Refuses what is too much to be answered in time by a process that has others to answer. */
export function shedLoad(admit: Admit): RequestHandler {
  return (request, response, next) => {
    onceAnswered(response, admit(addressOf(request, response)));
    next();
  };
}
