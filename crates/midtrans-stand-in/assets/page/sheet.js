// The parts of the sheet that are there whatever is shown: who is paid and how much, our panel, and the end.

import { countdown } from './clock.js';
import { el, icon, rupiah } from './dom.js';
import { nameOf, t } from './texts.js';

export function summary(view, { isOver, close, onTimeUp }) {
  return el('section', { class: 'summary' },
    el('div', { class: 'merchant' },
      el('span', { class: 'initial', 'aria-hidden': 'true' }, view.merchant.slice(0, 1)),
      el('div', {}, el('strong', {}, view.merchant), el('span', { 'data-testid': 'order-id' }, t.order(view.orderId))),
      el('button', { type: 'button', class: 'round', 'aria-label': t.close, 'data-testid': 'close', onclick: close }, icon('close'))),
    el('div', { class: 'sum' },
      el('div', {}, el('span', {}, t.total), el('strong', { class: 'amount', 'data-testid': 'amount' }, rupiah(view.amount))),
      !isOver && el('div', { class: 'time' }, el('span', {}, t.payWithin), countdown(view, t.minutesLeft, onTimeUp))),
    items(view));
}

function items(view) {
  if (view.items.length === 0) return null;
  const line = (item) => el('li', {},
    el('span', {}, item.quantity > 1 ? `${item.name} × ${item.quantity}` : item.name),
    el('span', {}, rupiah(item.price * item.quantity)));
  return el('details', { class: 'items' },
    el('summary', { 'data-testid': 'items' }, t.details, icon('down')),
    view.customerName && el('p', {}, t.for(view.customerName)),
    el('ul', {}, view.items.map(line)));
}

export function stepHead(title, back) {
  return el('div', { class: 'step-head' },
    back && el('button', { type: 'button', class: 'round', 'aria-label': t.back, 'data-testid': 'back', onclick: back }, icon('back')),
    el('h1', { tabindex: '-1' }, title));
}

export function panel(decide) {
  const button = (kind, testId, text, outcome) => el('button', {
    type: 'button', class: kind, 'data-testid': testId, onclick: () => decide(outcome),
  }, text);
  return el('section', { class: 'panel', 'aria-labelledby': 'panel-title' },
    el('h2', { id: 'panel-title' }, icon('flask'), t.panel),
    button('inviting', 'pay-now', t.payNow, 'settlement'),
    el('div', { class: 'panel-pair' },
      button('quiet', 'deny', t.deny, 'deny'),
      button('quiet', 'expire', t.expire, 'expire')));
}

const SIGNS = { paid: 'check', refunded: 'check', inReview: 'clock', expired: 'clock', denied: 'close', cancelled: 'close' };

export function ending(view, { leave, again, closing }) {
  const [title, text] = t.ends[view.state];
  return el('section', { class: `step end end-${view.state}`, 'data-testid': 'end', 'data-state': view.state },
    el('span', { class: 'sign' }, icon(SIGNS[view.state])),
    el('h1', { tabindex: '-1' }, title),
    el('p', {}, text),
    el('dl', { class: 'card facts' },
      view.charge && [el('dt', {}, t.method), el('dd', {}, nameOf(view.charge.method))],
      el('dt', {}, t.total), el('dd', {}, rupiah(view.amount))),
    again && el('button', { type: 'button', class: 'primary', 'data-testid': 'again', onclick: again }, t.again),
    leave
      ? el('button', { type: 'button', class: again ? 'plain' : 'primary', 'data-testid': 'done', onclick: leave }, t.backTo(view.merchant))
      : el('p', { class: 'before' }, t.mayClose),
    closing);
}

export function apology([title, text], { leave, again }) {
  return el('section', { class: 'step end end-denied', role: 'alert', 'data-testid': 'apology' },
    el('span', { class: 'sign' }, icon('close')),
    el('h1', { tabindex: '-1' }, title),
    el('p', {}, text),
    again && el('button', { type: 'button', class: 'primary', onclick: again }, t.again),
    leave && el('button', { type: 'button', class: 'plain', 'data-testid': 'close', onclick: leave }, t.close));
}
