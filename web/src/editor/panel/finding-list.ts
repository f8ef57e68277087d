// The list of findings beside the paper, by severity and category.

import { button, make } from '../../elements';
import { isCertain } from '../checking/actions';
import type { Marked } from '../checking/findings';
import { say } from '../words/words';

export interface ListEvents {
  onChoose(finding: Marked): void;
  onAcceptAll(findings: readonly Marked[]): void;
}

export const SEVERITIES = ['error', 'warning', 'info'] as const;
export const CATEGORIES = ['expression', 'sensitive', 'typo', 'privacy', 'format', 'link'] as const;

interface Group {
  readonly severity: typeof SEVERITIES[number];
  readonly category: typeof CATEGORIES[number];
  readonly findings: readonly Marked[];
}

function grouped(findings: readonly Marked[]): Group[] {
  return SEVERITIES.flatMap((severity) => CATEGORIES.map((category) => ({
    severity, category, findings: findings.filter((one) => one.severity === severity && one.category === category),
  }))).filter((group) => group.findings.length > 0);
}

const shown = ({ text, message, replacements }: Marked): string => JSON.stringify([text, message, replacements]);

function buildItem({ text, message, replacements, rule, key }: Marked): HTMLLIElement {
  const item = make('li', 'finding');
  const choice = button('', 'choice');
  const words = make('span', 'wrong', text);
  choice.append(words);
  if (replacements[0] !== undefined && replacements[0] !== text) {
    choice.append(make('span', 'arrow', ' → '), make('span', 'right', replacements[0] || say('acceptDelete')));
  }
  choice.append(make('span', 'message', message));
  Object.assign(item.dataset, { key: String(key), rule });
  item.append(choice);
  return item;
}

export class FindingList {
  readonly #root: HTMLElement;
  #findings: readonly Marked[] = [];
  #items = new Map<number, { item: HTMLLIElement; shown: string }>();
  #active: number | null = null;

  constructor(root: HTMLElement, events: ListEvents) {
    this.#root = root;
    root.addEventListener('click', ({ target }) => {
      const pressed = (target as Element).closest('button');
      const key = Number(pressed?.closest<HTMLElement>('.finding')?.dataset['key']);
      const finding = this.#findings.find((one) => one.key === key);
      if (finding) events.onChoose(finding);
      const group = pressed?.closest<HTMLElement>('.group');
      if (group && pressed?.classList.contains('accept-all')) {
        const { severity, category } = group.dataset;
        events.onAcceptAll(this.#findings.filter((one) => one.severity === severity && one.category === category));
      }
    });
  }

  /** In the order of the list: what stands above comes before. */
  render(findings: readonly Marked[]): void {
    this.#findings = findings;
    const known = this.#items;
    this.#items = new Map();
    const groups = grouped(findings).map(({ severity, category, findings: own }) => {
      const items = own.map((finding) => {
        const old = known.get(finding.key);
        const reads = shown(finding);
        const item = old?.shown === reads ? old.item : buildItem(finding);
        this.#items.set(finding.key, { item, shown: reads });
        return item;
      });
      const title = make(
        'h2', 'group-head',
        make('span', 'severity', say(severity)), ' ', make('span', 'category', say(category)), ' ', make('b', '', String(own.length)),
      );
      const certain = own.filter(isCertain).length;
      const head = make('div', 'group-bar', title);
      if (certain > 1) {
        const all = button(say('acceptAll', { n: certain }), 'link accept-all');
        all.title = say('acceptAllHint', { n: certain });
        head.append(all);
      }
      const group = make('section', 'group', head, make('ol', '', ...items));
      Object.assign(group.dataset, { severity, category });
      return group;
    });
    const { scrollTop } = this.#root;
    const focused = document.activeElement;
    this.#root.replaceChildren(...groups);
    this.#root.scrollTop = scrollTop;
    // An item that was moved to its new group has lost the focus.
    if (focused instanceof HTMLElement && this.#root.contains(focused)) focused.focus({ preventScroll: true });
    this.#mark();
  }

  activate(key: number | null): void {
    if (key === this.#active) return;
    this.#active = key;
    this.#mark();
  }

  #mark(): void {
    for (const item of this.#root.querySelectorAll('[aria-current]')) item.removeAttribute('aria-current');
    const current = this.#active === null ? undefined : this.#items.get(this.#active)?.item;
    current?.querySelector('.choice')?.setAttribute('aria-current', 'true');
    if (current) this.#reveal(current);
  }

  #reveal(item: HTMLElement): void {
    const box = this.#root.getBoundingClientRect();
    const { top, bottom } = item.getBoundingClientRect();
    if (top < box.top) this.#root.scrollTop -= box.top - top + 8;
    else if (bottom > box.bottom) this.#root.scrollTop += bottom - box.bottom + 8;
  }
}
