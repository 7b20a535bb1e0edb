import type { PushDefinition, PushedBy } from '@natter/contracts';
import type { Msg } from 'nats';

type Parsed<P extends PushDefinition> =
  | { success: true; data: PushedBy<P> }
  | { success: false; error: unknown };

export function parsePush<P extends PushDefinition>(push: P, message: Msg): Parsed<P> {
  try {
    return push.schema.safeParse(message.json()) as Parsed<P>;
  } catch (error) {
    return { success: false, error };
  }
}
