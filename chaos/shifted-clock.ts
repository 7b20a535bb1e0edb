// Loaded into a service by `--import`: its clock is off by what the file says, from its start and again at each SIGUSR2.
import { existsSync, readFileSync } from 'node:fs';

const file = process.env['CHAOS_CLOCK_FILE'];
const RealDate = Date;
let shiftMs = 0;

function readShift(): void {
  if (file !== undefined && existsSync(file)) shiftMs = Number(readFileSync(file, 'utf8'));
}

const now = () => RealDate.now() + shiftMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
});

readShift();
process.on('SIGUSR2', readShift);
