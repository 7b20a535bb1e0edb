import { faulty } from '@natter/platform';
import { z } from 'zod';

/** A setting that is any number of values, comma-separated; the first that is none is told, with what each must be. */
export const listSetting = (isOne: (part: string) => boolean, allowed: string) =>
  z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .superRefine((parts, context) => {
      const wrong = parts.find((part) => !isOne(part));
      if (wrong !== undefined) {
        context.addIssue({ code: 'custom', message: allowed, params: faulty(wrong) });
      }
    });
