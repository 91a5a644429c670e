// The card form. It takes the published test cards only and says so, that nobody types in a real one.

import { el, rupiah } from './dom.js';
import { t } from './texts.js';

const TEST_CARDS = [
  ['accept', '4811 1111 1111 1114', () => t.cardAccept],
  ['deny', '4911 1111 1111 1113', () => t.cardDeny],
  ['challenge', '4511 1111 1111 1117', () => t.cardChallenge],
];
const digits = (text) => text.replace(/\D/g, '');

export function cardForm(view, pay) {
  const number = field('number', t.cardNumber, null, { maxlength: 19, placeholder: '4811 1111 1111 1114' });
  const expiry = field('expiry', t.cardExpiry, t.cardExpiryHint, { maxlength: 5, placeholder: '12/30' });
  const cvv = field('cvv', t.cardCvv, t.cardCvvHint, { maxlength: 3, placeholder: '123' });
  number.input.addEventListener('input', () => group(number.input));

  const submit = (event) => {
    event.preventDefault();
    const isKnown = TEST_CARDS.some(([, card]) => digits(card) === digits(number.input.value));
    number.complain(isKnown ? '' : t.wrongNumber);
    expiry.complain(isValidUntil(expiry.input.value, new Date(view.now)) ? '' : t.wrongExpiry);
    cvv.complain(/^\d{3}$/.test(cvv.input.value) ? '' : t.wrongCvv);
    const wrong = [number, expiry, cvv].find(({ input }) => input.getAttribute('aria-invalid') === 'true');
    if (wrong) return wrong.input.focus();
    return pay({ number: number.input.value, expiry: expiry.input.value, cvv: cvv.input.value });
  };
  const fill = (card) => {
    number.input.value = card;
    expiry.input.value = '12/30';
    cvv.input.value = '123';
    for (const { complain } of [number, expiry, cvv]) complain('');
  };
  return [
    el('div', { class: 'card test-cards' },
      el('p', {}, t.cardWarning),
      TEST_CARDS.map(([name, card, label]) => el('button', {
        type: 'button', class: 'test-card', 'data-testid': `card-${name}`, onclick: () => fill(card),
      }, el('span', {}, label()), el('span', { class: 'digits' }, card)))),
    el('form', { class: 'card card-form', novalidate: '', autocomplete: 'off', onsubmit: submit },
      number.element,
      el('div', { class: 'pair' }, expiry.element, cvv.element),
      el('button', { type: 'submit', class: 'primary', 'data-testid': 'card-pay' }, t.cardPay(rupiah(view.amount)))),
  ];
}

function field(name, label, hint, attributes) {
  const id = `card-${name}`;
  const message = el('p', { class: 'hint', id: `${id}-hint` }, hint ?? '');
  const input = el('input', {
    id, name, inputmode: 'numeric', autocomplete: 'off', required: '',
    'aria-describedby': message.id, 'data-testid': `card-field-${name}`, ...attributes,
  });
  const complain = (text) => {
    input.setAttribute('aria-invalid', String(Boolean(text)));
    message.textContent = text || hint || '';
    message.className = text ? 'hint wrong' : 'hint';
  };
  return { input, complain, element: el('div', { class: 'field' }, el('label', { for: id }, label), input, message) };
}

// Groups of four while typing; only at the end of the text, where the caret needs no saving.
function group(input) {
  if (input.selectionStart !== input.value.length) return;
  input.value = (digits(input.value).match(/.{1,4}/g) ?? []).join(' ');
}

function isValidUntil(text, now) {
  const [, month, year] = /^(\d{1,2})\s*\/\s*(\d{2})$/.exec(text.trim()) ?? [];
  if (!month || month < 1 || month > 12) return false;
  const thisMonth = now.getUTCFullYear() * 12 + now.getUTCMonth();
  return (2000 + Number(year)) * 12 + Number(month) - 1 >= thisMonth;
}
