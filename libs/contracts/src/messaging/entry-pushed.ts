import { definePush } from '../push.ts';
import { entrySchema } from './entry.ts';

/** An entry that everyone who may can read now; the address is its conversation's id. */
export const entryPushed = definePush({
  service: 'messaging',
  noun: 'entry',
  verb: 'pushed',
  addressed: true,
  schema: entrySchema,
  listeners: ['gateway'],
});
