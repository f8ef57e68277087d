// The list of cards.

import { button, make } from '../elements';
import { CATEGORY, SEVERITY } from '../labels';
import type { Source } from '../wire';
import type { Marked } from './draft';

const MOST_REPLACEMENTS = 3;
const OF_THE_SITE = /^S\d{5,}$/;

export interface FindingEvents {
  onLocate(finding: Marked): void;
  onSelect(finding: Marked): void;
  onAccept(finding: Marked, replacement: string): void;
  onIgnore(finding: Marked): void;
  onClose(finding: Marked): void;
}

interface Card {
  readonly key: string;
  readonly finding: Marked;
  readonly card: HTMLLIElement;
}

function action(name: string, text: string, className: string): HTMLButtonElement {
  const element = button(text, className);
  element.dataset['action'] = name;
  return element;
}

function dateInWords(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  if (!year) return date;
  return `${year}年${month ? `${month}月` : ''}${day ? `${day}日` : ''}`;
}

function sourceInWords({ title, issuer, date, clause }: Source): string {
  const name = title.startsWith('《') ? title : `《${title.replaceAll('《', '〈').replaceAll('》', '〉')}》`;
  const rest = [issuer, date && dateInWords(date), clause].filter(Boolean);
  return `${name}${rest.join('，')}`;
}

// What the site itself has written can be looked up, and mended, where it is kept.
function ruleOf(code: string): HTMLElement {
  if (!OF_THE_SITE.test(code)) return make('span', 'rule', code);
  const link = make('a', 'rule', code);
  link.href = `/lexicon#entries/${code}`;
  link.title = '在本站词库中查看';
  return link;
}

function buildCard(finding: Marked): HTMLLIElement {
  const card = make('li', 'finding');
  card.tabIndex = -1;
  Object.assign(card.dataset, { rule: finding.rule, severity: finding.severity });

  const severity = SEVERITY[finding.severity];
  card.append(make(
    'p', 'finding-head',
    make('span', 'severity', severity),
    make('span', 'category', CATEGORY[finding.category] ?? finding.category),
    ruleOf(finding.rule),
    action('close', '收起', 'link close'),
  ));

  const place = action('select', finding.text, 'place');
  place.setAttribute('aria-label', `${severity}：${finding.text}，在文稿中选中`);
  card.append(
    place,
    make('p', 'message', finding.message),
    make('p', 'source', `依据：${sourceInWords(finding.source)}`),
  );

  const actions = make('p', 'actions');
  finding.replacements.slice(0, MOST_REPLACEMENTS).forEach((replacement, index) => {
    const accept = action('accept', replacement === '' ? '采纳：删去' : `采纳“${replacement}”`, 'accept');
    accept.dataset['index'] = String(index);
    actions.append(accept);
  });
  actions.append(action('ignore', '忽略', 'quiet'));
  card.append(actions);
  return card;
}

// A card may serve on after a re-check if it belongs to the same place and would read the same.
function keyOf({ start: _start, end: _end, id: _id, ...shown }: Marked): string {
  return JSON.stringify(shown);
}

export class FindingList {
  readonly #root: HTMLElement;
  #cards: Card[] = [];

  constructor(root: HTMLElement, events: FindingEvents) {
    this.#root = root;
    root.addEventListener('click', (event) => this.#clicked(event.target as Element, events));
  }

  #clicked(target: Element, { onLocate, onSelect, onAccept, onIgnore, onClose }: FindingEvents): void {
    const finding = this.#cards.find(({ card }) => card.contains(target))?.finding;
    if (!finding || target.closest('a')) return;
    const pressed = target.closest('button');
    switch (pressed?.dataset['action']) {
      case 'accept':
        onAccept(finding, finding.replacements[Number(pressed.dataset['index'])] ?? '');
        break;
      case 'ignore': onIgnore(finding); break;
      case 'select': onSelect(finding); break;
      case 'close': onClose(finding); break;
      default: onLocate(finding);
    }
  }

  // Cards that stay are not detached, so focus and scroll position survive every re-check.
  render(findings: readonly Marked[]): void {
    const spare = new Map(this.#cards.map(({ key, card }) => [key, card]));
    this.#cards = findings.map((finding) => {
      const key = keyOf(finding);
      const card = spare.get(key) ?? buildCard(finding);
      spare.delete(key);
      card.dataset['id'] = finding.id;
      return { key, finding, card };
    });
    for (const card of spare.values()) card.remove();
    let cursor = this.#root.firstElementChild;
    for (const { card } of this.#cards) {
      if (card === cursor) cursor = cursor.nextElementSibling;
      else this.#root.insertBefore(card, cursor);
    }
  }

  indexOf(finding: Marked): number { return this.#cards.findIndex((entry) => entry.finding === finding); }

  // A docked card leaves the list and stays in sight at the foot of a narrow screen, where list and paper cannot be.
  activate(finding: Marked | null, { docked }: { docked: boolean }): void {
    for (const entry of this.#cards) {
      const current = entry.finding === finding;
      entry.card.toggleAttribute('data-docked', current && docked);
      if (current) entry.card.setAttribute('aria-current', 'true');
      else entry.card.removeAttribute('aria-current');
    }
  }

  reveal(finding: Marked): void {
    const card = this.#cards[this.indexOf(finding)]?.card;
    if (!card) return;
    const box = this.#root.getBoundingClientRect();
    const { top, bottom } = card.getBoundingClientRect();
    if (top < box.top) this.#root.scrollTop -= box.top - top;
    else if (bottom > box.bottom) this.#root.scrollTop += bottom - box.bottom;
  }

  focus(finding: Marked): void { this.#cards[this.indexOf(finding)]?.card.focus(); }
}
