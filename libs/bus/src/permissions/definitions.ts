import * as contracts from '@natter/contracts';

type Definition = contracts.Operation | contracts.EventDefinition | contracts.PushDefinition;

const definitions = Object.values<unknown>(contracts).filter(
  (word): word is Definition => typeof word === 'object' && word !== null && 'service' in word,
);

/** All operations that there are, by name. */
export const operations = definitions.filter((word) => 'request' in word);

/** All pushes that there are, by name. */
export const pushes = definitions.filter((word) => 'listeners' in word);

/** All buckets that there are, by name. */
export const buckets = Object.values<unknown>(contracts).filter(
  (word): word is contracts.BucketDefinition => typeof word === 'object' && word !== null && 'keeper' in word,
);

/** All events that there are, by name. */
export const events = definitions.filter((word) => 'noun' in word).filter((word) => !('listeners' in word));
