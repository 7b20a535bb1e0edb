import type { Receipt, Typing } from '@natter/contracts';
import type { TypingThrottle } from './typing-throttle.ts';

/** What a member does that no log keeps, judged on the conversation at `rev`. */
export type Activity = { rev: number } & (
  | { type: 'receipt'; data: Omit<Receipt, 'username'> }
  | { type: 'typing'; data: Omit<Typing, 'username'> }
);

/** What it takes to tell of it. */
export interface ActivityServices {
  /** Starts to tell those whom it concerns, and is not waited for: whoever misses it misses little. */
  tellActivity: (activity: Activity) => void;
  typing: TypingThrottle;
}
