// Searches the entries and lists them by pages: however many there are, no more than one page is in the document.

import { button, byId, make, write } from '../elements';
import { CATEGORY } from '../labels';
import { hasExpired, KIND, LEVEL, scopeInWords } from './names';
import { attempt } from './notice';
import { listEntries, type Sought } from './site-lexicon';
import type { Entry, EntryPage, Kept } from './wire';

const PAGE = 50;
const TYPING_PAUSE_MS = 300;

export interface EntryEvents {
  onOpen(kept: Kept): void;
  onRetire(kept: Kept): void;
}

function effectOf({ kind, category, level, scope }: Entry): string {
  if (kind === 'allow') return `范围：${scopeInWords(scope) || '全部'}`;
  const severity = level ? LEVEL[level] : '';
  if (kind === 'switch') return level === 'off' ? severity : `调低到${severity}`;
  return [severity, category && (CATEGORY[category] ?? category)].filter(Boolean).join(' · ');
}

function rowOf(kept: Kept, { onOpen, onRetire }: EntryEvents): HTMLLIElement {
  const { id, entry, retired } = kept;
  const row = make('li', 'entry');
  row.dataset['entry'] = id;

  const words = button(entry.text, 'link words');
  words.setAttribute('aria-label', `${KIND[entry.kind]}：${entry.text}，${retired ? '查看或恢复' : '查看或改动'}`);
  words.addEventListener('click', () => onOpen(kept));
  const wording = make('p', 'wording', words);
  if (entry.uses.length > 0) wording.append(make('span', 'turns', ' → '), make('span', 'uses', entry.uses.join('；')));
  if (retired) wording.append(make('span', 'badge', '已停止使用'));
  else if (hasExpired(entry)) wording.append(make('span', 'badge', '已到期'));

  const kind = make('span', 'kind', KIND[entry.kind]);
  kind.dataset['kind'] = entry.kind;
  const history = make('a', 'link', '变更');
  history.href = `#history/${id}`;
  history.setAttribute('aria-label', `${id} 的变更记录`);
  const actions = make('p', 'row-actions', history);
  if (!retired) {
    const retire = button('停止使用', 'link');
    retire.setAttribute('aria-label', `停止使用 ${id} ${entry.text}`);
    retire.addEventListener('click', () => onRetire(kept));
    actions.append(retire);
  }
  row.append(
    make('p', 'sign', kind, make('span', 'number', id)),
    make('div', 'saying', wording, make('p', 'reason', entry.reason), make('p', 'soft', entry.unit)),
    make(
      'div', 'standing',
      make('p', '', effectOf(entry)),
      make('p', 'soft', entry.expires_on ? `至 ${entry.expires_on}` : ''),
      make('p', 'soft', `${kept.author} ${kept.changed_on}`),
    ),
    actions,
  );
  return row;
}

export class EntryList {
  /** Of the site lexicon, as last seen. */
  version = 0;
  readonly #root = byId('entries', HTMLElement);
  readonly #words = byId('words', HTMLInputElement);
  readonly #kind = byId('kind', HTMLSelectElement);
  readonly #state = byId('state', HTMLSelectElement);
  readonly #events: EntryEvents;
  #offset = 0;
  #pause = 0;
  #request = new AbortController();

  constructor(events: EntryEvents) {
    this.#events = events;
    const fromStart = () => this.#load(0);
    this.#words.addEventListener('input', () => {
      clearTimeout(this.#pause);
      this.#pause = setTimeout(fromStart, TYPING_PAUSE_MS);
    });
    this.#kind.addEventListener('change', fromStart);
    this.#state.addEventListener('change', fromStart);
    byId('search', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      fromStart();
    });
    byId('former-page', HTMLElement).addEventListener('click', () => this.#turn(-PAGE));
    byId('next-page', HTMLElement).addEventListener('click', () => this.#turn(PAGE));
  }

  reload(): Promise<void> { return this.#load(this.#offset); }

  /** Goes to the row of an entry; tells whether it is on this page. */
  focus(id: string): boolean {
    const words = this.#root.querySelector<HTMLElement>(`[data-entry="${id}"] .words`);
    words?.focus();
    return words !== null;
  }

  get #sought(): Sought {
    return { words: this.#words.value.trim(), kind: this.#kind.value, state: this.#state.value };
  }

  async #turn(by: number): Promise<void> {
    await this.#load(Math.max(0, this.#offset + by));
    const heading = byId('entries-heading', HTMLElement);
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: 'start' });
  }

  async #load(offset: number): Promise<void> {
    clearTimeout(this.#pause);
    this.#request.abort();
    const mine = new AbortController();
    this.#request = mine;
    this.#root.setAttribute('aria-busy', 'true');
    await attempt(async () => {
      const page = await listEntries(this.#sought, PAGE, offset, mine.signal)
        .catch((error: unknown) => {
          // Overtaken by a later search: that one answers.
          if (mine.signal.aborted) return null;
          throw error;
        });
      if (!page || mine.signal.aborted) return;
      const last = Math.max(0, Math.ceil(page.total / PAGE) - 1) * PAGE;
      if (offset > last) await this.#load(last);
      else this.#show(page, offset);
    });
    if (mine === this.#request) this.#root.setAttribute('aria-busy', 'false');
  }

  #show({ entries, total, site_lexicon_version: version }: EntryPage, offset: number): void {
    this.version = version;
    this.#offset = offset;
    this.#root.replaceChildren(...entries.map((kept) => rowOf(kept, this.#events)));
    const { words, kind, state } = this.#sought;
    const sought = words !== '' || kind !== '' || state !== '';
    const none = sought ? '没有符合条件的条目。' : '还没有条目。点“新增条目”，或在“导入导出”中导入表格。';
    write(byId('found', HTMLElement), total === 0 ? none : `${sought ? '找到' : '共'} ${total.toLocaleString('zh-CN')} 条`);
    byId('pager', HTMLElement).hidden = total <= PAGE;
    const last = offset + entries.length;
    write(byId('range', HTMLElement), `第 ${(offset + 1).toLocaleString('zh-CN')}—${last.toLocaleString('zh-CN')} 条`);
    byId('former-page', HTMLButtonElement).disabled = offset === 0;
    byId('next-page', HTMLButtonElement).disabled = last >= total;
    write(byId('version', HTMLElement), version > 0 ? `本站词库版本 ${version}` : '');
  }
}
