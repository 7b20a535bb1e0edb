import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type BannerFacts, banner } from './banner.ts';
import { demoPassword } from './demo-users.ts';
import type { RunningServer } from './servers/running-server.ts';

const server = { title: 'A server', provider: 'path' } as RunningServer;
const facts: BannerFacts = {
  gateways: ['http://127.0.0.1:8000'],
  nats: server,
  mongo: server,
  dataFolder: '/data',
  demo: false,
  basic: true,
  registration: 'open',
  startedInMs: 1_000,
};

describe('the banner', () => {
  test('tells of the demo users where the data holds them, whoever may register', () => {
    const text = banner({ ...facts, demo: true, registration: 'closed' });
    expect(text).toContain('alice, bob, carol');
    expect(text).toContain('registration is closed');
  });

  test('shows the commands that the README begins with', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    const start = readme.slice(readme.indexOf('## Start'), readme.indexOf('With a token'));
    const commands = start
      .match(/^ {4}(?:http|curl) .+$/gm)
      ?.map((command) => command.replaceAll(/ +/g, ' '));
    expect(commands).toHaveLength(4);
    const shown = banner({ ...facts, demo: true }).replaceAll(/ +/g, ' ');
    for (const command of commands ?? []) expect(shown).toContain(`\n${command}\n`);
  });

  test('shows how to log in where HTTP Basic opens nothing', () => {
    const text = banner({ ...facts, demo: true, basic: false });
    expect(text).toContain('http POST http://127.0.0.1:8000/api/v1/sessions username=alice');
    expect(text).not.toContain(`alice:${demoPassword}`);
  });

  test('shows how to register where everybody may', () => {
    expect(banner(facts)).toContain('http POST http://127.0.0.1:8000/api/users/');
  });

  test.each(['closed', 'invite'] as const)(
    'shows the commands of the operator where it is %s',
    (registration) => {
      const text = banner({ ...facts, registration });
      expect(text).toContain('npm run natter -- users add <name>');
      expect(text).not.toContain('http POST');
      expect(text.includes('users invite')).toBe(registration === 'invite');
    },
  );
});
