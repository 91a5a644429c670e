// The list of ways to pay. Banks and counters are one tap away, without a page between.

import { el, icon } from './dom.js';
import { wishes } from './host.js';
import { nameOf, t } from './texts.js';

const SINGLE = { other_qris: 'qr', gopay: 'wallet', shopeepay: 'bag', dana: 'wallet', ovo: 'wallet', credit_card: 'card' };
const BANKS = ['bca_va', 'bni_va', 'bri_va', 'echannel', 'permata_va', 'cimb_va'];
const COUNTERS = ['indomaret', 'alfamart'];

// Short names for tests: `pay-method-bca`, `pay-method-qris`.
const TEST_NAMES = { other_qris: 'qris', echannel: 'mandiri', credit_card: 'card' };
const testId = (method) => `pay-method-${TEST_NAMES[method] ?? method.replace(/_va$/, '')}`;

// One name can stand for several methods, as it does for the merchant's server.
const ALIASES = { bank_transfer: BANKS, other_va: BANKS, cstore: COUNTERS, qris: ['other_qris'] };

// What the gateway offers, narrowed by what the merchant's page asked for.
export function offered(view) {
  const wanted = wishes.methods?.flatMap((name) => ALIASES[name] ?? [name]);
  const narrowed = view.methods.filter((method) => !wanted || wanted.includes(method));
  return narrowed.length > 0 ? narrowed : view.methods;
}

export function methodList(view, choose) {
  const methods = offered(view);
  const only = (group) => group.filter((method) => methods.includes(method));
  const entries = [
    ...only(['other_qris', 'gopay', 'shopeepay', 'dana', 'ovo']).map((method) => row(method, choose)),
    group('bank', t.bank, t.bankHint, only(BANKS), choose),
    ...only(['credit_card']).map((method) => row(method, choose)),
    group('store', t.counter, t.counterHint, only(COUNTERS), choose),
  ];
  return el('section', { class: 'step' },
    el('h1', { class: 'list-title', tabindex: '-1' }, t.choose),
    el('ul', { class: 'card methods' }, entries),
    el('p', { class: 'assurance' }, icon('shield'), t.priceHeld));
}

function row(method, choose) {
  return el('li', {},
    el('button', { type: 'button', class: 'method', 'data-testid': testId(method), onclick: () => choose(method) },
      icon(SINGLE[method]),
      el('span', { class: 'method-name' }, el('strong', {}, nameOf(method)), el('span', {}, t.hints[method])),
      icon('next')));
}

function group(symbol, title, hint, methods, choose) {
  if (methods.length === 0) return null;
  const label = `group-${symbol}`;
  const buttons = methods.map((method) => el('button', {
    type: 'button', class: 'choice', 'data-testid': testId(method), onclick: () => choose(method),
  }, nameOf(method)));
  return el('li', {},
    el('div', { class: 'method' },
      icon(symbol),
      el('span', { class: 'method-name' }, el('strong', { id: label }, title), el('span', {}, hint))),
    el('div', { class: methods.length > 2 ? 'choices' : 'choices few', role: 'group', 'aria-labelledby': label }, buttons));
}
