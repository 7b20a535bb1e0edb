import { syncMarginMs } from '../domain/sync-margin.ts';
import {
  markedIsPublished,
  neverUnsettled,
  oneTooFar,
  untouchedWhenRestored,
  withoutMargin,
  withoutRemovals,
} from './planted-sync-variations.ts';
import {
  answeredFirst,
  conflictIsSuccess,
  failedForUnknown,
  goesOnBehindRefused,
  judgedOnFirstMembers,
  lookedUpOnce,
  numberedByCounter,
  publishedFirst,
  readOnceOnly,
  renamedAtEveryTry,
  unmarkedFirst,
} from './planted-variations.ts';
import { uniqueId, uniqueKey, uniqueRev, uniqueSeq } from './rules.ts';
import type { Variation } from './variation.ts';
import type { Invariant } from './violation.ts';
import type { Scenario } from './world.ts';

export interface PlantedBug {
  name: string;
  variation: Variation;
  breaks: Invariant;
  /** The lowest from 1 on that finds it. */
  seed: number;
  scenario?: Scenario;
}

/** What others have shipped, and the seed that would have told them. */
export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'no unique index on (conversationId, rev)',
    variation: { rules: { unique: [uniqueId, uniqueSeq, uniqueKey] } },
    breaks: 'revs are dense',
    seed: 7,
  },
  {
    name: 'a counter is raised, and then the entry inserted with its number',
    variation: { log: numberedByCounter },
    breaks: 'revs are dense',
    seed: 3,
  },
  {
    name: 'the key is looked up, and not unique',
    variation: {
      rules: { unique: [uniqueId, uniqueRev, uniqueSeq] },
      log: lookedUpOnce,
    },
    breaks: 'a key has one message',
    seed: 3,
  },
  {
    name: 'a conflict is taken for a success',
    variation: { log: conflictIsSuccess },
    breaks: 'nothing acknowledged is lost',
    seed: 193,
  },
  {
    name: 'the insert goes on behind what was refused',
    variation: { log: goesOnBehindRefused },
    breaks: 'revs are dense',
    seed: 2,
  },
  {
    name: 'a command gets a new id at every try',
    variation: { command: renamedAtEveryTry },
    breaks: 'a command has one entry',
    seed: 173,
  },
  {
    name: 'who is a member is remembered from the first look',
    variation: { command: judgedOnFirstMembers },
    breaks: 'no entry of a removed member',
    seed: 29,
  },
  {
    name: 'the log is read from a replica that lags behind',
    variation: { log: readOnceOnly },
    breaks: 'a refusal was due',
    seed: 87,
  },
  {
    name: 'published before it is appended',
    variation: { log: publishedFirst },
    breaks: 'only what is stored is published',
    seed: 1,
  },
  {
    name: 'unmarked before it is published',
    variation: { publish: unmarkedFirst },
    breaks: 'no mark goes before its entry was published',
    seed: 1,
  },
  {
    name: 'the sweeper publishes what was left behind, and does not project it',
    variation: { restore: async () => undefined },
    breaks: 'projections equal the fold',
    seed: 3,
  },
  {
    name: 'what was left behind is not swept',
    variation: { log: () => ({ readMarked: async () => [] }) },
    breaks: 'everything is published',
    seed: 3,
  },
  {
    name: 'an older projection takes the place of a newer one',
    variation: { rules: { replaces: () => true } },
    breaks: 'projections equal the fold',
    seed: 480,
  },
  {
    name: 'a read marker goes back',
    variation: { rules: { moved: (_from, to) => to } },
    breaks: 'read markers go forward',
    seed: 1,
  },
  {
    name: 'answered before the projections are written',
    variation: { projections: answeredFirst },
    breaks: 'what was acknowledged can be read',
    seed: 2,
  },
  {
    name: 'a removal is answered before the projections are written',
    variation: { projections: answeredFirst },
    breaks: 'a removed member reads nothing',
    seed: 102,
  },
  {
    name: 'an append without an answer is called a failure',
    variation: { log: failedForUnknown },
    breaks: 'unavailable means that nothing happened',
    seed: 3,
  },
  {
    name: 'a deletion leaves the texts in the log',
    variation: { log: () => ({ redact: async () => undefined }) },
    breaks: 'deleted texts are gone',
    seed: 3,
  },
  {
    name: 'writes are answered before a majority has them',
    variation: { rules: { answersFor: 'primary', readsFrom: 'primary' } },
    breaks: 'nothing acknowledged is lost',
    seed: 35,
  },
  {
    name: 'reads show what may be rolled back',
    variation: { rules: { readsFrom: 'primary' } },
    breaks: 'revs are dense',
    seed: 14,
  },
  {
    name: 'stamps are of a clock that is behind',
    variation: { rules: { stamped: (now) => now - 2 * syncMarginMs } },
    breaks: 'sync misses nothing',
    seed: 1,
    scenario: 'syncing',
  },
  {
    name: 'what was restored is not touched',
    variation: { projections: untouchedWhenRestored },
    breaks: 'sync misses nothing',
    seed: 44,
    scenario: 'syncing',
  },
  {
    name: 'a slow update is not touched again',
    variation: { elapsed: () => 0 },
    breaks: 'sync misses nothing',
    seed: 157,
    scenario: 'syncing',
  },
  {
    name: 'the watermark has no margin',
    variation: { position: withoutMargin },
    breaks: 'sync misses nothing',
    seed: 67,
    scenario: 'syncing',
  },
  {
    name: 'pages go by stamps to the end, also where those can still change',
    variation: { changes: neverUnsettled },
    breaks: 'sync misses nothing',
    seed: 3134,
    scenario: 'syncing',
  },
  {
    name: 'an entry counts as published while it is marked',
    variation: { changes: markedIsPublished },
    breaks: 'sync misses nothing',
    seed: 1,
    scenario: 'syncing',
  },
  {
    name: 'the search ends on the wrong side',
    variation: { changes: oneTooFar },
    breaks: 'sync misses nothing',
    seed: 1,
    scenario: 'syncing',
  },
  {
    name: 'a removal is not kept',
    variation: { projections: withoutRemovals },
    breaks: 'sync misses nothing',
    seed: 2,
    scenario: 'syncing',
  },
];
