/**
 * Milliseconds. What was stamped by the database's clock can be read by everyone so much later at most, the difference
 * between the clocks of two primaries included.
 */
export const syncMarginMs = 60_000;
