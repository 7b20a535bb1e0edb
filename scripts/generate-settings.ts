// Writes what the settings' schemas say into .env.example and into the README's table.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchSettings } from '@natter/devstack';
import { gatewaySettings } from '@natter/gateway';
import { messagingSettings } from '@natter/messaging';
import { usersSettings } from '@natter/users';

interface Setting {
  name: string;
  readers: string[];
  required: boolean;
  /** One, or one for each of its readers that has another. */
  defaults: Set<string>;
  description: string;
}

/** What this asks of a zod schema. */
interface Field {
  description?: string | undefined;
  safeParse(value: unknown): { success: boolean; data?: unknown };
}

const schemas: Record<string, { shape: Record<string, Field> }> = {
  'npm start': launchSettings,
  gateway: gatewaySettings,
  users: usersSettings,
  messaging: messagingSettings,
};

function collect(): Setting[] {
  const settings = new Map<string, Setting>();
  for (const [reader, schema] of Object.entries(schemas)) {
    for (const [name, field] of Object.entries(schema.shape)) {
      const setting = settings.get(name) ?? newSetting(name);
      settings.set(name, setting);
      setting.readers.push(reader);
      setting.description ||= field.description ?? '';
      addDefault(setting, field);
    }
  }
  return [...settings.values()];
}

function newSetting(name: string): Setting {
  return { name, readers: [], required: false, defaults: new Set(), description: '' };
}

function addDefault(setting: Setting, field: Field): void {
  const { success, data } = field.safeParse(undefined);
  setting.required ||= !success;
  if (typeof data !== 'string' && typeof data !== 'number') return;
  const value = `${data}`;
  const relative = path.relative(process.cwd(), value);
  if (!path.isAbsolute(value)) setting.defaults.add(value);
  else if (!relative.startsWith('..')) setting.defaults.add(relative);
}

function environmentFile(settings: readonly Setting[]): string {
  const lines = settings.flatMap(({ name, readers, required, defaults, description }) => [
    '',
    `# ${description}. Read by ${readers.join(', ')}.`,
    `${required ? '' : '# '}${name}=${[...defaults][0] ?? ''}`,
  ]);
  return ['# Every setting, with its default. Written by `npm run generate`.', ...lines, ''].join('\n');
}

function table(settings: readonly Setting[]): string {
  const rows = settings.map(({ name, readers, required, defaults, description }) => {
    const shown = required ? 'required' : [...defaults].map((value) => `\`${value}\``).join(' / ');
    return `| \`${name}\` | ${shown} | ${description} | ${readers.join(', ')} |`;
  });
  return ['| Variable | Default | Meaning | Read by |', '|---|---|---|---|', ...rows].join('\n');
}

const settings = collect();
writeFileSync('.env.example', environmentFile(settings));
const readme = readFileSync('README.md', 'utf8');
const marked = /(<!-- settings: written by npm run generate -->\n)[\s\S]*(\n<!-- end of settings -->)/;
if (!marked.test(readme)) throw new Error('README.md has no place for the table of settings');
writeFileSync(
  'README.md',
  readme.replace(marked, (_, begin, end) => begin + table(settings) + end),
);
