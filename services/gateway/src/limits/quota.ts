/** So many at once, and in the long run so many a second. */
export interface Quota {
  readonly burst: number;
  readonly perSecond: number;
}

const seconds = { s: 1, min: 60, h: 3_600 };

/** `120, 10/s`: the burst, then the rate by second, minute or hour. */
export const quotaPattern = /^([1-9]\d{0,8}), ?([1-9]\d{0,8})\/(s|min|h)$/;

/** @throws {RangeError} where the text is no quota. */
export function parseQuota(text: string): Quota {
  const [, burst, rate, unit] = quotaPattern.exec(text) ?? [];
  if (unit === undefined) throw new RangeError(`not a quota: ${text}`);
  return { burst: Number(burst), perSecond: Number(rate) / seconds[unit as keyof typeof seconds] };
}

/** In how many seconds a quota that is used up is there again, rounded up. */
export function windowSeconds({ burst, perSecond }: Quota): number {
  return Math.ceil(burst / perSecond);
}
