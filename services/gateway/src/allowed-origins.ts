import { listSetting } from './list-setting.ts';

/** An origin as browsers write it (RFC 6454, 6.2): scheme, host, and the port where it is not the scheme's own. */
function isOrigin(text: string): boolean {
  return /^https?:\/\/[\w.:[\]-]+$/.test(text) && URL.parse(text)?.origin === text;
}

/** Web pages of which origins may read what a gateway answers; comma-separated. */
export const allowedOriginsSetting = listSetting(
  isOrigin,
  'Must be origins, comma-separated: https://chat.example.com',
).transform((origins): ReadonlySet<string> => new Set(origins));
