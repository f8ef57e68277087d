// The list of cards. Words of the service enter the page only as text nodes.

export const SEVERITY = { error: '须改', warning: '须核实', info: '可斟酌' };

const CATEGORY = {
  expression: '固定表述',
  sensitive: '敏感与禁慎用词',
  typo: '错别字',
  privacy: '隐私泄露',
  format: '标点数字格式',
  link: '链接',
};

const MOST_REPLACEMENTS = 3;

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function button(action, text, className) {
  const element = make('button', className, text);
  element.type = 'button';
  element.dataset.action = action;
  return element;
}

function dateInWords(date) {
  const [year, month, day] = date.split('-').map(Number);
  if (!year) return date;
  return `${year}年${month ? `${month}月` : ''}${day ? `${day}日` : ''}`;
}

function sourceInWords({ title, issuer, date, clause }) {
  const name = title.startsWith('《') ? title : `《${title.replaceAll('《', '〈').replaceAll('》', '〉')}》`;
  const rest = [issuer, date && dateInWords(date), clause].filter(Boolean);
  return `${name}${rest.join('，')}`;
}

function buildCard(finding) {
  const card = make('li', 'finding');
  card.tabIndex = -1;
  Object.assign(card.dataset, { rule: finding.rule, severity: finding.severity });

  const head = make('p', 'finding-head');
  const severity = make('span', 'severity', SEVERITY[finding.severity] || finding.severity);
  const category = make('span', 'category', CATEGORY[finding.category] || finding.category);
  const close = button('close', '收起', 'link close');
  head.append(severity, category, make('span', 'rule', finding.rule), close);

  const place = button('select', finding.text, 'place');
  place.setAttribute('aria-label', `${severity.textContent}：${finding.text}，在文稿中选中`);
  card.append(head, place, make('p', 'message', finding.message));
  if (finding.source) card.append(make('p', 'source', `依据：${sourceInWords(finding.source)}`));

  const actions = make('p', 'actions');
  finding.replacements.slice(0, MOST_REPLACEMENTS).forEach((replacement, index) => {
    const accept = button('accept', replacement === '' ? '采纳：删去' : `采纳“${replacement}”`, 'accept');
    accept.dataset.index = index;
    actions.append(accept);
  });
  actions.append(button('ignore', '忽略', 'quiet'));
  card.append(actions);
  return card;
}

// A card may serve on after a re-check if it belongs to the same place and would read the same.
function keyOf({ start, end, id, ...shown }) {
  return JSON.stringify(shown);
}

export class FindingList {
  #root;
  #cards = [];

  constructor(root, { onLocate, onSelect, onAccept, onIgnore, onClose }) {
    this.#root = root;
    root.addEventListener('click', (event) => {
      const card = event.target.closest('.finding');
      if (!card) return;
      const { finding } = this.#cards.find((entry) => entry.card === card);
      const pressed = event.target.closest('button');
      switch (pressed?.dataset.action) {
        case 'accept': return onAccept(finding, finding.replacements[Number(pressed.dataset.index)]);
        case 'ignore': return onIgnore(finding);
        case 'select': return onSelect(finding);
        case 'close': return onClose(finding);
        default: return onLocate(finding);
      }
    });
  }

  // Cards that stay are not detached, so focus and scroll position survive every re-check.
  render(findings) {
    const spare = new Map(this.#cards.map(({ key, card }) => [key, card]));
    this.#cards = findings.map((finding) => {
      const key = keyOf(finding);
      const card = spare.get(key) || buildCard(finding);
      spare.delete(key);
      card.dataset.id = finding.id;
      return { key, finding, card };
    });
    for (const card of spare.values()) card.remove();
    let cursor = this.#root.firstElementChild;
    for (const { card } of this.#cards) {
      if (card === cursor) cursor = cursor.nextElementSibling;
      else this.#root.insertBefore(card, cursor);
    }
  }

  indexOf(finding) { return this.#cards.findIndex((entry) => entry.finding === finding); }

  // A docked card leaves the list and stays in sight at the foot of a narrow screen, where list and paper cannot be.
  activate(finding, { docked }) {
    for (const entry of this.#cards) {
      const current = entry.finding === finding;
      entry.card.toggleAttribute('data-docked', current && docked);
      if (current) entry.card.setAttribute('aria-current', 'true');
      else entry.card.removeAttribute('aria-current');
    }
  }

  reveal(finding) {
    const card = this.#cards[this.indexOf(finding)]?.card;
    if (!card) return;
    const box = this.#root.getBoundingClientRect();
    const { top, bottom } = card.getBoundingClientRect();
    if (top < box.top) this.#root.scrollTop -= box.top - top;
    else if (bottom > box.bottom) this.#root.scrollTop += bottom - box.bottom;
  }

  focus(finding) { this.#cards[this.indexOf(finding)]?.card.focus(); }
}
