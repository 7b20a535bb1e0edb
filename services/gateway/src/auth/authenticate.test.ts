import { describe, expect, it, jest, test } from '@jest/globals';
import { Deadline } from '@natter/bus';
import { createAuthenticate, type Verify } from './authenticate.ts';

const context = { requestId: 'r-1', deadline: Deadline.in(1_000), address: undefined };
const alice = { id: '1', username: 'alice' };

function createSchemes() {
  return {
    bearer: jest.fn<Verify>().mockResolvedValue(alice),
    basic: jest.fn<Verify>().mockResolvedValue(alice),
  };
}

describe('Authorization', () => {
  test.each([
    ['Bearer abc.def', 'bearer', 'abc.def'],
    ['bearer   abc', 'bearer', 'abc'],
    ['Bearer', 'bearer', ''],
    ['BASIC YTpi', 'basic', 'YTpi'],
  ] as const)('"%s" is handed to %s', async (header, scheme, credentials) => {
    const schemes = createSchemes();
    await expect(createAuthenticate(schemes)(header, context)).resolves.toBe(alice);
    expect(schemes[scheme]).toHaveBeenCalledWith(credentials, context);
  });

  test.each([
    undefined,
    '',
    'Digest username="alice"',
    'abc.def.ghi',
    ' Bearer x',
    '__proto__ x',
    'constructor x',
  ])('%j counts as no credentials', async (header) => {
    const answer = createAuthenticate(createSchemes())(header, context);
    await expect(answer).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('is not asked about Basic where that is off', async () => {
    const { bearer } = createSchemes();
    const answer = createAuthenticate({ bearer, basic: undefined })('Basic YTpi', context);
    await expect(answer).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(bearer).not.toHaveBeenCalled();
  });
});
