// The log of changes, by pages; each change with what it did; two versions compared.

import { button, byId, make, write } from '../elements';
import { itemInWords } from './difference';
import { ACTION, timeInWords } from './names';
import { attempt } from './notice';
import { compare, listChanges, showChange } from './site-lexicon';
import type { Change } from './wire';

const PAGE = 30;
const MOST_COMPARED = 200;

const number = (id: string) => byId(id, HTMLInputElement).valueAsNumber;

function touched({ first, entries }: Change): string {
  return entries > 1 ? `${first.id} ${first.text} 等 ${entries.toLocaleString('zh-CN')} 条` : `${first.id} ${first.text}`;
}

export class HistoryView {
  readonly #root = byId('changes', HTMLElement);
  readonly #older = byId('older', HTMLButtonElement);
  readonly #onUndo: (change: Change) => void;
  #entry = '';

  constructor(onUndo: (change: Change) => void) {
    this.#onUndo = onUndo;
    this.#older.addEventListener('click', () => this.#goOn());
    byId('compare', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      this.#compare();
    });
  }

  /** Lists the changes anew, of all entries or of one. */
  async show(entry: string): Promise<void> {
    this.#entry = entry;
    byId('of-entry', HTMLElement).hidden = entry === '';
    write(byId('of-entry-text', HTMLElement), `只列涉及 ${entry} 的变更。`);
    await this.#load(null);
  }

  async #goOn(): Promise<void> {
    const last = this.#root.lastElementChild;
    if (!(last instanceof HTMLElement)) return;
    await this.#load(Number(last.dataset['number']));
    last.nextElementSibling?.querySelector('button')?.focus();
  }

  async #load(before: number | null): Promise<void> {
    await attempt(async () => {
      const changes = await listChanges(PAGE, before, this.#entry);
      const rows = changes.map((change) => this.#rowOf(change));
      if (before === null) this.#root.replaceChildren(...rows);
      else this.#root.append(...rows);
      this.#older.hidden = changes.length < PAGE;
      byId('no-changes', HTMLElement).hidden = this.#root.childElementCount > 0;
      const latest = changes[0]?.number ?? 0;
      if (before !== null || this.#entry) return;
      byId('compare-last', HTMLInputElement).value = String(latest);
      byId('compare-first', HTMLInputElement).value = String(Math.max(0, latest - 1));
    });
  }

  #rowOf(change: Change): HTMLLIElement {
    const row = make('li', 'change');
    row.dataset['number'] = String(change.number);
    const details = make('div', 'details');
    details.id = `change-${change.number}`;
    details.hidden = true;
    const open = button('查看', 'link');
    open.setAttribute('aria-label', `查看第 ${change.number} 号变更`);
    open.setAttribute('aria-expanded', 'false');
    open.setAttribute('aria-controls', details.id);
    open.addEventListener('click', () => this.#toggle(change, open, details));
    const undo = button('撤销', 'link');
    undo.setAttribute('aria-label', `撤销第 ${change.number} 号变更`);
    undo.addEventListener('click', () => this.#onUndo(change));
    const action = ACTION[change.action] ?? change.action;
    const time = make('time', '', timeInWords(change.at));
    time.dateTime = change.at;
    row.append(
      make(
        'div', 'change-head',
        make('span', 'number', `第 ${change.number} 号`),
        make('span', 'action', change.undoes ? `${action}第 ${change.undoes} 号` : action),
        make('span', 'touched', touched(change)),
        make('span', 'soft', `${change.author} `, time),
        make('span', 'row-actions', open, undo),
      ),
    );
    if (change.note) row.append(make('p', 'note', `缘由：${change.note}`));
    row.append(details);
    return row;
  }

  async #toggle(change: Change, open: HTMLButtonElement, details: HTMLElement): Promise<void> {
    const opening = details.hidden;
    if (opening && details.childElementCount === 0 && !await this.#showItems(change, details)) return;
    details.hidden = !opening;
    open.setAttribute('aria-expanded', String(opening));
    const verb = opening ? '收起' : '查看';
    open.textContent = verb;
    open.setAttribute('aria-label', `${verb}第 ${change.number} 号变更`);
  }

  #showItems(change: Change, details: HTMLElement): Promise<boolean> {
    const list = make('ul');
    const more = button('再列一些', 'link');
    const goOn = () => attempt(async () => {
      const { items } = await showChange(change.number, PAGE, list.childElementCount);
      list.append(...items.map(itemInWords));
      more.hidden = list.childElementCount >= change.entries;
    });
    more.addEventListener('click', goOn);
    details.append(list, more);
    return goOn().then((done) => {
      if (!done) details.replaceChildren();
      return done;
    });
  }

  async #compare(): Promise<void> {
    await attempt(async () => {
      const { total, items } = await compare(number('compare-first'), number('compare-last'), MOST_COMPARED);
      const rest = total > items.length ? `，只列前 ${items.length} 条` : '';
      write(byId('compared', HTMLElement), total === 0 ? '两个版本没有不同。' : `不同的有 ${total.toLocaleString('zh-CN')} 条${rest}。`);
      byId('differences', HTMLElement).replaceChildren(...items.map(itemInWords));
    });
  }
}
