import { describe, expect, it, test } from '@jest/globals';
import { parseConfig } from '@natter/platform';
import { z } from 'zod';
import { allowedOriginsSetting } from './allowed-origins.ts';

const parse = (text: string) => () =>
  parseConfig(z.object({ ORIGINS: allowedOriginsSetting }), { ORIGINS: `https://ok.example, ${text}` });

describe('the setting of allowed origins', () => {
  it('is none by default', () => {
    expect(allowedOriginsSetting.parse(undefined)).toEqual(new Set());
  });

  it('is a list', () => {
    const origins = ['https://chat.example.com', 'http://127.0.0.1:5173', 'http://[::1]:3000'];
    expect(allowedOriginsSetting.parse(origins.join(' , '))).toEqual(new Set(origins));
  });

  test.each([
    '*',
    'null',
    'chat.example.com',
    'https://*.example.com',
    'https://chat.example.com/',
    'https://chat.example.com/app',
    'https://Chat.example.com',
    'https://chat.example.com:443',
    'https://user@chat.example.com',
    'file:///index.html',
    'javascript:alert(1)',
    'https://a.example https://b.example',
  ])('does not take %s', (text) => {
    expect(allowedOriginsSetting.safeParse(`https://ok.example,${text}`).success).toBe(false);
  });

  it('says which one is none, but for one with a password', () => {
    const fault = 'ORIGINS: Must be origins, comma-separated: https://chat.example.com';
    expect(parse('chat.example.com')).toThrow(`${fault}; not "chat.example.com"`);
    expect(parse('https://user:secret@chat.example.com')).toThrow(new RegExp(`${fault}$`));
  });
});
