import { expect, it } from '@jest/globals';
import type { AddressListener, AddressListenerOptions, Bus } from '@natter/bus';
import { joiningGroupOf } from '@natter/contracts';
import { BusHearing } from './bus-hearing.ts';

/** A bus that remembers what is heard on it, as `noun address`. */
function createBus() {
  const heard: string[] = [];
  const listenByAddress: Bus['listenByAddress'] = (push, _options: AddressListenerOptions<typeof push>) => {
    const listener: Pick<AddressListener, 'add' | 'remove'> = {
      add: (address) => void heard.push(`${push.noun} ${address}`),
      remove: (address) => void heard.splice(heard.indexOf(`${push.noun} ${address}`), 1),
    };
    return listener as AddressListener<typeof push>;
  };
  return { bus: { connected: true, listenByAddress }, heard };
}

const id = (end: string) => `01941f29-7c00-7000-8000-0000000000${end}`;

it('hears for a group of users once, for as long as one of them is here', () => {
  const { bus, heard } = createBus();
  const hearing = new BusHearing(bus, () => {
    throw new Error('nothing is pushed');
  });
  const [one, other, apart] = [id('01'), id('41'), id('02')];
  expect([joiningGroupOf(one), joiningGroupOf(other), joiningGroupOf(apart)]).toEqual(['1', '1', '2']);
  for (const userId of [one, other, apart]) hearing.addUser(userId);
  expect(heard).toEqual(['conversation 1', 'conversation 2']);
  hearing.removeUser(one);
  expect(heard).toEqual(['conversation 1', 'conversation 2']);
  hearing.removeUser(other);
  hearing.removeUser(apart);
  expect(heard).toEqual([]);
  hearing.addUser(one);
  expect(heard).toEqual(['conversation 1']);
});
