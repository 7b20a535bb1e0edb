import { compare, printTimings } from './compare.ts';
import { startNatter } from './natter-under-test.ts';

/** A log-in with a wrong password, of somebody who is there and of somebody who is not: nobody may tell them apart. */
export async function benchLogin(): Promise<void> {
  const { record, stop } = await startNatter(1);
  const [url] = record.gateway as [string];
  let tried = 0;
  const timings = await compare(
    {
      'a wrong password of a user': () => logInWrongly(url, 'alice'),
      'the same of nobody': () => logInWrongly(url, `nobody${(tried += 1)}`),
    },
    { rounds: 300, warmUp: 20 },
  );
  printTimings('A log-in, one after the other', timings);
  await stop();
}

/** @returns the status of the answer. */
export async function logInWrongly(url: string, username: string): Promise<number> {
  const response = await fetch(`${url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: 'not the password' }),
  });
  await response.arrayBuffer();
  return response.status;
}
