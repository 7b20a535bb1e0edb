import type { CallerName } from '@natter/contracts';
import { natsUsers, permissionsOf } from './nats-users.ts';

/** The environment variable of nats-server that holds a user's password. */
export function passwordVariable(user: CallerName): string {
  return `NATS_${user.toUpperCase()}_PASSWORD`;
}

/** The users and their permissions, as nats-server reads them in its configuration. */
export function serverConfiguration(prefix: string): string {
  return [
    `# The users of NATS and what each may do, for NATS_PREFIX=${prefix}. Written by \`npm run generate\`: change`,
    "# libs/bus/src/permissions instead. To be included in nats-server's configuration. The passwords are read from the",
    "# server's environment; let them begin with a letter, for it takes what looks like a number for one.",
    'authorization {',
    '  users: [',
    ...natsUsers.flatMap((user) => userBlock(user, prefix)),
    '  ]',
    '}',
    '',
  ].join('\n');
}

function userBlock(user: CallerName, prefix: string): string[] {
  const { publish, subscribe, answers } = permissionsOf(user, prefix);
  return [
    '    {',
    `      user: ${user}`,
    `      password: $${passwordVariable(user)}`,
    '      permissions: {',
    ...allowBlock('publish', publish),
    ...allowBlock('subscribe', subscribe),
    ...(answers ? ['        allow_responses: true'] : []),
    '      }',
    '    }',
  ];
}

function allowBlock(verb: 'publish' | 'subscribe', subjects: readonly string[]): string[] {
  return [
    `        ${verb}: {`,
    '          allow: [',
    ...subjects.map((subject) => `            "${subject}"`),
    '          ]',
    '        }',
  ];
}
