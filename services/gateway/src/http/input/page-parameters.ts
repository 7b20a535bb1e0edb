import { listUsers, type PagePosition, pageSize } from '@natter/contracts';
import { z } from 'zod';
import { exampleCursor } from '../openapi/examples.ts';

const decimal = (pattern: RegExp, message: string) => z.string().regex(pattern, message).transform(Number);

const positive = () => decimal(/^[1-9]\d*$/, 'Must be a positive integer');

const nonnegative = () => decimal(/^(?:0|[1-9]\d*)$/, 'Must be 0 or a positive integer');

/** How many; more than the maximum means the maximum. */
export const limitParameter = positive()
  .transform((limit) => Math.min(limit, pageSize.max))
  .default(pageSize.default)
  .meta({
    type: 'integer',
    minimum: 1,
    default: pageSize.default,
    description: `At most ${pageSize.max}; a higher one counts as ${pageSize.max}`,
    example: 20,
  });

/** Of lists that page by cursor. */
export const listParameters = z.object({
  limit: limitParameter,
  cursor: listUsers.request.shape.cursor.meta({
    description: 'Where the page before ended: its `page.next`',
    example: exampleCursor,
  }),
});

/** Said of every page of messages. */
export const shortPages =
  'Where texts are very long a page has fewer messages than `limit`, since it is at most 768 KiB of JSON: go by `hasBefore` and `hasAfter`.';

const place = (schema: z.ZodType<number, string>) => schema.pipe(z.int('Must be below 2^53'));

const seq = (schema: z.ZodType<number, string>, minimum: number, description: string) =>
  place(schema).optional().meta({ type: 'integer', minimum, description, example: 8 });

const positions = {
  before: seq(positive(), 1, 'The newest messages before this seq'),
  after: seq(nonnegative(), 0, 'The oldest messages after this seq'),
  around: seq(positive(), 1, 'The messages around this seq'),
};

/** Which page of a log. */
export const logPageParameters = z.object({
  limit: limitParameter,
  after: place(nonnegative())
    .default(0)
    .meta({ type: 'integer', minimum: 0, default: 0, description: 'The entries after this rev', example: 8 }),
});

/** Which page of messages; without a position the newest. */
export const messagePageParameters = z
  .object({ limit: limitParameter, ...positions })
  .superRefine((query, context) => {
    for (const name of givenPositions(query).slice(1)) {
      context.addIssue({ code: 'custom', path: [name], message: 'Must be the only position' });
    }
  });

export function positionOf({
  before,
  after,
  around,
}: z.output<typeof messagePageParameters>): PagePosition | undefined {
  if (before !== undefined) return { before };
  if (after !== undefined) return { after };
  if (around !== undefined) return { around };
  return undefined;
}

function givenPositions(query: object): string[] {
  return Object.keys(positions).filter((name) => Object.hasOwn(query, name));
}
