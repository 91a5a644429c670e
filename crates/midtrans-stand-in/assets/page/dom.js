// Small hands for building the page: elements, icons, figures.

const SVG = 'http://www.w3.org/2000/svg';

// Attributes as they are, functions as listeners (`onclick`), children as nodes or text; what is empty is left out.
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

const figures = new Intl.NumberFormat('id-ID');

// Rupiah are written the Indonesian way in both languages.
export function rupiah(amount) {
  return `${amount < 0 ? '−' : ''}Rp${figures.format(Math.abs(amount))}`;
}

// A long number in groups of four. The gaps are drawn, not typed, so that whoever selects it copies digits only.
export function grouped(digits) {
  if (digits.length < 8) return digits;
  return (digits.match(/.{1,4}/g) ?? []).map((group) => el('span', { class: 'group' }, group));
}

export function announce(text) {
  document.getElementById('announcer').textContent = text;
}
