import type { Cost } from '../../server/protocol/run.ts';

const counts = new Intl.NumberFormat('en-US');

export function count(n: number): string {
  return counts.format(n);
}

/** "1 file", "9,247 files". */
export function countOf(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** Seconds as a person reads them: "0.6 s", "11 s", "2 min 5 s", "3 h 57 min". */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${Math.max(0, seconds).toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes} min ${whole % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function cost(spent: Cost): string {
  if (spent.tokensIn + spent.tokensOut === 0) return 'no cost';
  if (spent.usd === null) return `${count(spent.tokensIn + spent.tokensOut)} tokens`;
  return `$${spent.usd.toFixed(2)}`;
}

/** The time of day, with the date when it is not today. Both in milliseconds since the epoch. */
export function moment(at: number, now: number): string {
  const then = new Date(at);
  const time = then.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  if (then.toDateString() === new Date(now).toDateString()) return time;
  return `${then.toLocaleDateString([], { day: 'numeric', month: 'short' })} ${time}`;
}

/** "src/shop/cart.ts" → name "cart.ts", folder "src/shop". */
export function splitPath(file: string): { name: string; folder: string } {
  const cut = file.lastIndexOf('/');
  return { name: file.slice(cut + 1), folder: cut > 0 ? file.slice(0, cut) : '' };
}
