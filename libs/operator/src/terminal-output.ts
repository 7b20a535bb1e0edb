import { clearLine, cursorTo } from 'node:readline';

/** On a terminal one line is written anew; elsewhere lines pile up, and fewer of them say enough. */
const everyMs = { terminal: 100, file: 10_000 };

/** What a command says, and on the other stream how far it is. */
export function terminalOutput(out: NodeJS.WriteStream, progress: NodeJS.WriteStream) {
  const interval = progress.isTTY ? everyMs.terminal : everyMs.file;
  let shownAt = performance.now();
  const clear = () => {
    if (!progress.isTTY) return;
    clearLine(progress, 0);
    cursorTo(progress, 0);
  };
  return {
    clear,
    say: (line: string) => {
      clear();
      out.write(`${line}\n`);
    },
    progress: (line: string) => {
      if (performance.now() - shownAt < interval) return;
      shownAt = performance.now();
      clear();
      progress.write(progress.isTTY ? line.slice(0, progress.columns - 1) : `${line}\n`);
    },
  };
}
