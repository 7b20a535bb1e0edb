import { natsUsers, type permissionsOf } from '../src/index.ts';

type Permissions = ReturnType<typeof permissionsOf>;

const streams = [
  'natter_users',
  'natter_messaging',
  'KV_natter_password-attempts',
  'KV_natter_connections',
  'OTHER',
];

const durables = ['messaging-profiles', 'messaging-entries', 'other'];

/** All that JetStream can be asked to do with a stream, and with a consumer. */
const jetStream = streams.flatMap((stream) => [
  ...['CREATE', 'UPDATE', 'INFO', 'DELETE', 'PURGE', 'MSG.GET', 'MSG.DELETE', 'SNAPSHOT', 'RESTORE'].map(
    (verb) => `$JS.API.STREAM.${verb}.${stream}`,
  ),
  ...['NAMES', 'LIST', 'CREATE'].map((verb) => `$JS.API.CONSUMER.${verb}.${stream}`),
  `$JS.API.DIRECT.GET.${stream}`,
  ...durables.flatMap((durable) => [
    ...['CREATE', 'DURABLE.CREATE', 'INFO', 'DELETE', 'PAUSE', 'MSG.NEXT'].map(
      (verb) => `$JS.API.CONSUMER.${verb}.${stream}.${durable}`,
    ),
    `$JS.API.CONSUMER.CREATE.${stream}.${durable}.natter.event.users.v1.user.changed`,
    `$JS.API.CONSUMER.CREATE.${stream}.${durable}.natter.event.messaging.v1.entry.appended`,
    `$JS.ACK.${stream}.${durable}.1.1.1.1.1`,
  ]),
]);

const strangers = [
  'natter',
  'other.rpc.users.v1.get-user',
  'natter.rpc.gateway.v1.other',
  '$JS.API.INFO',
  '$JS.API.STREAM.NAMES',
  '$JS.API.STREAM.LIST',
  '$SYS.REQ.SERVER.PING',
  '$KV.bucket.key',
  '_INBOX.other.1',
  ...natsUsers.map((user) => `_INBOX_${user}.1.1`),
];

const wildcards = [
  'natter',
  'natter.rpc',
  'natter.event',
  'natter.push',
  '$JS',
  '$JS.API',
  '$JS.ACK',
  '$SRV',
  '$SYS',
  '_INBOX',
  '_INBOX_*',
]
  .map((root) => `${root}.>`)
  .concat('>', '*');

/** What anybody may do, what is just beside that, and what nobody may. */
export function subjectsOfInterest(table: readonly Permissions[]) {
  const granted = table.flatMap(({ publish, subscribe }) => [...publish, ...subscribe]);
  const concrete = granted.map((pattern) => pattern.replaceAll('*', 'some').replace(/>$/, 'one.two'));
  const toPublish = unique([...concrete, ...concrete.flatMap(neighbours), ...jetStream, ...strangers]);
  return { toPublish, toSubscribe: unique([...granted, ...toPublish, ...wildcards]) };
}

const neighbours = (subject: string) => [`${subject}.more`, subject.replace(/[^.]+$/, 'other')];

const unique = (subjects: readonly string[]) => [...new Set(subjects)];

/** Whether a pattern of NATS holds all that another one does. */
export function covers(pattern: string, other: string): boolean {
  const [own, others] = [pattern.split('.'), other.split('.')];
  const open = own.at(-1) === '>';
  const fixed = open ? own.slice(0, -1) : own;
  const longEnough = open ? others.length > fixed.length : others.length === fixed.length;
  return (
    longEnough &&
    fixed.every((token, index) => token === others[index] || (token === '*' && others[index] !== '>'))
  );
}
