// The time left, counted from the server's clock: the customer's may be wrong.

import { announce, el } from './dom.js';

const MINUTE = 60_000;
const SPOKEN_AT = [5 * MINUTE, MINUTE];

const dates = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'Asia/Jakarta' };
const times = { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Jakarta' };

// `Sel, 24 Nov 09.12 WIB`
export function moment(at, locale) {
  const day = new Intl.DateTimeFormat(locale, dates).format(at);
  return `${day} ${new Intl.DateTimeFormat('id-ID', times).format(at)} WIB`;
}

function left(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] > 0 ? parts : parts.slice(1);
  return shown.map((part) => String(part).padStart(2, '0')).join('.');
}

// An element that counts down to the deadline, speaks at five minutes and at one, and calls `onEnd` once.
export function countdown(view, spoken, onEnd) {
  const ahead = view.now - Date.now();
  const output = el('span', { role: 'timer', class: 'clock', 'data-testid': 'countdown' });
  const rest = () => view.deadline - Date.now() - ahead;
  let before = rest();
  output.textContent = left(before);
  const ticking = setInterval(() => {
    const now = rest();
    if (!output.isConnected) return clearInterval(ticking);
    output.textContent = left(now);
    const passed = SPOKEN_AT.find((mark) => before > mark && now <= mark);
    if (passed) announce(spoken(passed / MINUTE));
    before = now;
    if (now <= 0) {
      clearInterval(ticking);
      onEnd();
    }
  }, 1000);
  return output;
}
