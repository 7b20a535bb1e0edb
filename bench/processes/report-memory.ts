// Loaded into a process under test by `--import`: tells what it holds, when it is asked, and keeps it from nothing.

process.on('message', (asked) => {
  if (asked !== 'memory') return;
  globalThis.gc?.();
  process.send?.(process.memoryUsage().rss);
});
process.channel?.unref();
