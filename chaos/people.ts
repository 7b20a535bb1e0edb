import type { Balancer } from './balancer.ts';
import { type Ask, type Question, succeeded } from './question.ts';

const password = 'correct-horse-battery';

/** Two users with a token each, and groups of both. */
export class People {
  readonly usernames: readonly string[];
  readonly #tokens: readonly string[];

  private constructor(usernames: readonly string[], tokens: readonly string[]) {
    this.usernames = usernames;
    this.#tokens = tokens;
  }

  static async register(balancer: Balancer): Promise<People> {
    const usernames = ['alice', 'bob'];
    const ask: Ask = (question) => balancer.ask(question);
    for (const username of usernames) await done(ask, post('/api/v1/users', { username, password }));
    const sessions = usernames.map((username) => done(ask, post('/api/v1/sessions', { username, password })));
    const tokens = (await Promise.all(sessions)).map(
      (session) => (session as { accessToken: string }).accessToken,
    );
    return new People(usernames, tokens);
  }

  /** How each of them asks. */
  through(balancer: Balancer): Ask[] {
    return this.#tokens.map((token) => (question) => {
      const headers = { ...question.headers, authorization: `Bearer ${token}` };
      return balancer.ask({ ...question, headers });
    });
  }

  /** @returns the ids of new groups. */
  async found(balancer: Balancer, count: number): Promise<string[]> {
    const [alice] = this.through(balancer) as [Ask];
    const found = async (index: number) => {
      const question = post('/api/v1/conversations', {
        title: `Group ${index}`,
        members: this.usernames.slice(1),
      });
      return ((await done(alice, question)) as { id: string }).id;
    };
    return Promise.all(Array.from({ length: count }, (_, index) => found(index)));
  }
}

function post(path: string, body: object): Question {
  return { method: 'POST', path, body };
}

async function done(ask: Ask, question: Question): Promise<unknown> {
  const answer = await ask(question);
  if (!succeeded(answer)) throw new Error(`${question.path} answered ${answer.status} ${answer.code}`);
  return answer.body;
}
