import type { OperatorContext } from '@natter/platform';
import type { LogEpochs } from '../domain/log-epochs.ts';

/** Has clients told that numbers of the logs may mean other things than before. */
export async function restored(
  epochs: Pick<LogEpochs, 'begin'>,
  { say }: Pick<OperatorContext, 'say'>,
): Promise<void> {
  say(`The epoch of the logs is now ${await epochs.begin()}: clients that see it read anew.`);
}
