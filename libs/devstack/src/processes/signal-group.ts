/**
 * Signals a process and everything that it started, all of which share its process group.
 *
 * @returns whether there was anybody left to signal.
 */
export function signalGroup(leader: number, signal: NodeJS.Signals): boolean {
  return send(-leader, signal);
}

export function isAlive(pid: number): boolean {
  return send(pid, 0);
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ESRCH') return false;
    // Somebody else's: there, but not ours to signal.
    if (code === 'EPERM') return true;
    throw error;
  }
}
