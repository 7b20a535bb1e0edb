import type { Judgement } from '../audit/judge.ts';

const maxLooks = 10;

/**
 * Looks at something and repairs it until a look finds it right. The service may move it on between a look and its
 * repair; then the repair misses, and the next look sees what came of it. What was only behind is so no more after one.
 *
 * @returns whether it was repaired.
 * @throws when it is wrong again after every repair.
 */
export async function putRight(lookAndRepair: () => Promise<Judgement>): Promise<boolean> {
  let judgement = await lookAndRepair();
  for (let looks = 1; looks < maxLooks && judgement.standing === 'wrong'; looks += 1) {
    judgement = await lookAndRepair();
    if (judgement.standing !== 'wrong') return true;
  }
  if (judgement.standing === 'wrong') {
    throw new Error(`It ${judgement.detail}, again after each repair: restart messaging, and rebuild again`);
  }
  return judgement.standing === 'behind';
}
