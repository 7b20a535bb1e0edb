/** In some of the texts, so that they can be told in what reaches the database. Letters and digits alone: it is a word. */
export const textMark = 'usertext7f3a';

const many = (text: string, times: number) => text.repeat(times);

/** Texts that have broken programs: of the kinds of the Big List of Naughty Strings, and what is special here. */
export const naughtyStrings: readonly string[] = [
  // Nothing, and what cannot be seen.
  '',
  ' ',
  '\t\r\n',
  '\u00a0\u2003\u3000',
  '\u200b\u200c\u200d\u2060\ufeff',
  '\u00ad\u034f\u115f\u3164',
  '\0',
  'a\0b',
  '\x01\x02\x1b[31m\x7f\x9b',
  '\u2028\u2029\x85',
  // Words that are something else to a program.
  ...'undefined null true false NaN Infinity nil None 0 -0 1e309 0x1F 1,000 9007199254740993 __proto__ constructor'.split(
    ' ',
  ),
  ...'prototype toString valueOf hasOwnProperty __defineGetter__ then length me deleted all admin here'.split(
    ' ',
  ),
  // Operators and paths of MongoDB.
  ...'$where $ne $gt $set $$ROOT $[] $[x] a.b .a a. $ . .. _id'.split(' '),
  '{"$ne":null}',
  '{"$gt":""}',
  "';return true;var a='",
  '{"$where":"sleep(5000)"}',
  '[$ne]=1',
  '{{"$regex":".*"}}',
  // Subjects of NATS.
  ...'> * natter.> natter.rpc.users.v1.create-user $SYS.> $JS.API.> _INBOX.x a.*.b'.split(' '),
  'PUB natter.event 2\r\nhi\r\n',
  // Other languages.
  "' OR '1'='1' -- ",
  '"; DROP TABLE users; --',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '{{7*7}} ${7*7} <%= 7*7 %> #{7*7}',
  '${jndi:ldap://127.0.0.1/a}',
  '() { :; }; echo vulnerable',
  '$(touch /tmp/x) `id` | ls & ;',
  '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
  '%s%n%p%d %x',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  'file:///etc/passwd',
  '/api/v1/users/me',
  '%00 %2e%2e%2f %zz %ff',
  'a\r\nSet-Cookie: a=b\r\n\r\n<html>',
  "=cmd|' /C calc'!A0",
  '(a+)+$',
  many('(', 500),
  // Unicode; some of it another text once it is normalised, folded or trimmed.
  '\u00e9',
  'e\u0301',
  '\u212a\u212b\u2126',
  '\u00a0 padded \u3000',
  'ﬃ Ⅷ ｆｕｌｌ',
  'İstanbul ıI ß ſ K',
  '\u202e\u2066txt.exe\u2069',
  'مرحبا بالعالم 123',
  '表ポあA鷗ŒéＢ逍Üßªąñ丂㐀𠀀',
  'Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮',
  '👩‍👩‍👧‍👦🏳️‍🌈🇩🇪👍🏽1️⃣',
  '\ud800',
  '\udc00\ud800',
  'a\udfffb',
  '\ufffe\uffff\ufdd0\u{1ffff}\u{10ffff}',
  '\ufffd',
  '\ufeffBOM',
  `e${many('\u0301', 1_000)}`,
  '@me @all @here @everyone @deleted @',
  // Much.
  many('a', 65),
  many('a', 129),
  many('x', 4_000),
  many('x', 4_001),
  many('😀', 4_000),
  many('ﷺ', 5_000),
  many('a ', 2_000),
  many('"\\', 2_000),
  many('x', 66_000),
];
