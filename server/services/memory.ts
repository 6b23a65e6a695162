import { readFileSync } from 'node:fs';

/** This process's proportional set size in MiB (workers are its threads); elsewhere than on Linux its peak RSS. */
export function memoryMb(): number {
  try {
    const [, kilobytes] = /^Pss:\s+(\d+) kB/m.exec(readFileSync('/proc/self/smaps_rollup', 'utf8')) ?? [];
    if (kilobytes !== undefined) return Number(kilobytes) / 1024;
  } catch {
    // not on Linux
  }
  return process.resourceUsage().maxRSS / 1024;
}
