import { type Bus, type CallContext, Deadline, type WatchedKeyValue, type Watching } from '@natter/bus';
import {
  connections,
  findAcquaintances,
  lastSeen,
  NatterError,
  type Presence as PresenceDto,
  type PresentStatus,
  type ValueOf,
} from '@natter/contracts';
import { type Logger, type Repeating, repeat } from '@natter/platform';
import { uuidv7 } from 'uuidv7';
import type { Caller } from '../../auth/authenticate.ts';
import type { Audience, EphemeralEvents } from '../live-events.ts';
import { ConnectionLeases } from './connection-leases.ts';
import { type ConnectionWord, PresenceBoard, type PresenceChange } from './presence-board.ts';
