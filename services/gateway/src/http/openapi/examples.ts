import type {
  Conversation,
  ConversationWithMessages,
  Entry,
  Member,
  Message,
  MessagePage,
  NewSecondFactor,
  OwnUser,
  Presence,
  SessionGrant,
  SigningKey,
  User,
} from '@natter/contracts';

export const exampleCursor = 'eyJhIjoiYm9iIn0';
export const exampleKey = 'f3b1c2d4-0001-4a5b';
export const exampleEpoch = '01941f29-7c00-7000-8000-0000000000f1';

const conversationId = '01941f29-7c00-7000-8000-0000000000c1';
const sent = '2026-01-01T12:00:00.000Z';

export const exampleUser: User = {
  id: '01941f29-7c00-7000-8000-000000000001',
  username: 'alice',
  displayName: 'Alice',
  created: '2026-01-01T00:00:00.000Z',
};

export const exampleOwnUser: OwnUser = { ...exampleUser, receipts: 'shared', secondFactor: 'off' };

export const exampleNewSecondFactor: NewSecondFactor = {
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  uri: 'otpauth://totp/natter:alice?issuer=natter&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30',
};

export const exampleRecoveryCodes = { recoveryCodes: ['4n7x-0c2v-9k5t-hq8d-m1zr-6yjw'] };

const bobId = '01941f29-7c00-7000-8000-000000000002';

export const exampleOwnPresence: Presence = {
  userId: exampleUser.id,
  username: 'alice',
  status: 'online',
  lastSeen: null,
};

export const examplePresence: Presence = {
  userId: bobId,
  username: 'bob',
  status: 'offline',
  lastSeen: sent,
};

export const exampleGrant: SessionGrant = {
  session: {
    id: '01941f29-7c00-7000-8000-0000000000e1',
    device: 'desk',
    created: sent,
    lastUsed: sent,
    current: true,
  },
  user: exampleUser,
  accessToken: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2ln',
  tokenType: 'Bearer',
  expiresIn: 600,
  refreshToken: 'q1w2e3r4t5y6u7i8o9p0',
};

export const exampleSigningKey: SigningKey = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  kid: 'oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U',
  alg: 'ES256',
  use: 'sig',
};

export const exampleMember: Member = { id: bobId, username: 'bob', role: 'member', readSeq: 7 };

export const exampleMessage: Message = {
  id: '01941f29-7c00-7000-8000-0000000000a1',
  conversationId,
  seq: 7,
  rev: 9,
  sender: 'alice',
  senderId: exampleUser.id,
  content: 'hello, @bob',
  sent,
  edited: null,
  deleted: null,
  replyTo: null,
  mentions: [bobId],
  reactions: [{ emoji: '👍', count: 1, mine: false }],
  clientMessageId: exampleKey,
};

export const exampleMessagePage: MessagePage = {
  data: [exampleMessage],
  page: { hasBefore: true, hasAfter: false, seq: 7, epoch: exampleEpoch, limit: 1 },
};

export const exampleConversation: Conversation = {
  id: conversationId,
  kind: 'group',
  title: 'Gardeners',
  members: [{ id: exampleUser.id, username: 'alice', role: 'owner', readSeq: 7 }, exampleMember],
  memberCount: 2,
  seq: 7,
  rev: 9,
  epoch: exampleEpoch,
  readSeq: 7,
  unread: 0,
  lastMessage: exampleMessage,
  updated: sent,
};

export const exampleConversationWithMessages: ConversationWithMessages = {
  ...exampleConversation,
  messages: exampleMessagePage,
};

const happening = { conversationId, seq: 7, at: sent };

export const exampleEntries: Entry[] = [
  {
    ...happening,
    rev: 8,
    type: 'message.sent',
    actor: 'alice',
    actorId: exampleUser.id,
    data: { messageId: exampleMessage.id, content: 'hello, @bob', replyTo: null, mentions: [bobId] },
  },
  {
    ...happening,
    rev: 9,
    type: 'reaction.added',
    actor: 'bob',
    actorId: bobId,
    data: { seq: 7, emoji: '👍' },
  },
];

const [exampleEntry] = exampleEntries;

export const exampleEvent = `id: ${exampleCursor}\nevent: ${exampleEntry?.type}\ndata: ${JSON.stringify(exampleEntry)}\n\n`;

export const examplePage = { next: exampleCursor, limit: 1 };
