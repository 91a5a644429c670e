// What to do after a method was chosen: the number, the code or the picture, and the steps.

import { qrUrl } from './api.js';
import { moment } from './clock.js';
import { announce, el, grouped, icon, rupiah } from './dom.js';
import { nameOf, t } from './texts.js';

export function instructions(view) {
  const { method, instrument } = view.charge;
  const name = nameOf(method);
  switch (instrument.kind) {
    case 'virtual_account':
      return step(view, t.transferTo(name), [number(t.accountNumber, instrument.number, 'va-number')], [
        [t.app(name), t.appSteps(view.merchant)],
        [t.atm(name), t.atmSteps(view.merchant)],
      ]);
    case 'bill':
      return step(view, t.transferTo(name), [
        number(t.billerCode, instrument.biller_code, 'biller-code'),
        number(t.billKey, instrument.bill_key, 'va-number'),
      ], [[t.app(name), t.billSteps(view.merchant)]]);
    case 'counter':
      return step(view, t.payAt(name), [number(t.paymentCode, instrument.payment_code, 'payment-code')], [
        [t.howTo, t.counterSteps(name, view.merchant)],
      ]);
    default:
      return step(view, t.payWith(name), [picture()], [[t.howTo, t.qrSteps(method === 'other_qris' ? t.anyApp : name)]]);
  }
}

function step(view, title, payTo, ways) {
  return {
    title,
    content: [
      el('div', { class: 'card pay-to' },
        payTo,
        el('div', { class: 'exact' }, el('span', {}, t.exactAmount), el('strong', {}, rupiah(view.amount))),
        el('p', { class: 'before' }, t.payBefore(moment(view.deadline, t.locale)))),
      el('div', { class: 'card ways' }, ways.map(([name, steps], index) => way(name, steps, index === 0))),
    ],
  };
}

function number(label, digits, testId) {
  const output = el('output', { class: 'number', 'data-testid': testId }, grouped(digits));
  const word = el('span', {}, t.copy);
  const copy = async () => {
    if (!(await copyText(digits, output))) return;
    word.textContent = t.copied;
    announce(t.copied);
  };
  return el('div', { class: 'pay-number' },
    el('span', { class: 'label' }, label),
    el('button', {
      type: 'button', class: 'copy', 'data-testid': `copy-${testId}`, 'aria-label': t.copyNumber(label), onclick: copy,
    }, icon('copy'), word),
    output);
}

// The clipboard is closed to pages over plain HTTP and to some frames; then the number is selected for the customer.
async function copyText(text, output) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren(output);
    return document.execCommand('copy');
  }
}

function picture() {
  return el('div', { class: 'qr' },
    el('img', { src: qrUrl, alt: t.qrPicture, width: 220, height: 220, 'data-testid': 'qr' }),
    el('p', { class: 'before' }, t.qrHint));
}

function way(name, steps, isOpen) {
  return el('details', isOpen ? { open: '' } : {},
    el('summary', {}, name, icon('down')),
    el('ol', {}, steps.map((text) => el('li', {}, text))));
}
