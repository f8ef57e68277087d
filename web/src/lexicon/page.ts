// Joins the views: which one is shown stands in the address, so that it can be linked to and gone back to.

import { byId } from '../elements';
import { Failure } from '../service';
import { downloadWithKey } from './downloads';
import { EntryDialog } from './entry-dialog';
import { EntryList } from './entry-list';
import { ImportForm } from './files';
import { HistoryView } from './history';
import { attempt, alertWith, notify } from './notice';
import { SigningDialog } from './signing-dialog';
import { retireEntry, showEntry, undoChange } from './site-lexicon';
import { Trial } from './trial';
import type { Change, Kept, Signature } from './wire';

const VIEWS = ['entries', 'history', 'files'] as const;
type View = typeof VIEWS[number];

const trial = new Trial();
const signing = new SigningDialog(trial);
const list = new EntryList({ onOpen: (kept) => entryDialog.open(kept), onRetire: retire });
const history = new HistoryView(undo);
const entryDialog = new EntryDialog(trial, saved);

let view: View = 'entries';
let entry = '';

async function refresh(): Promise<void> {
  await Promise.all([list.reload(), ...(view === 'history' ? [history.show(entry)] : [])]);
}

async function takeBack(number: number, { author }: Signature): Promise<void> {
  await attempt(async () => {
    const change = await undoChange(number, { author, note: '' });
    notify(`已撤销第 ${number} 号变更（第 ${change.number} 号）。`);
    await refresh();
  });
}

async function saved(kept: Kept, former: Kept | null, signature: Signature): Promise<void> {
  if (kept.version === former?.version) {
    notify('内容没有改动，没有保存。');
    return;
  }
  const deed = former === null ? '已新增' : former.retired ? '已恢复' : '已改动';
  notify(`${deed} ${kept.id}，一两秒内生效。`, () => takeBack(kept.version, signature));
  await refresh();
  if (!list.focus(kept.id)) byId('add', HTMLElement).focus();
}

function retire(kept: Kept): void {
  const { id, version } = kept;
  signing.ask({
    title: `停止使用 ${id}`,
    explanation: `“${kept.entry.text}”不再起作用；条目和编号仍保留，可以恢复。`,
    verb: '停止使用',
    proposal: () => ({ retire: [id] }),
    async done(signature) {
      try {
        const retired = await retireEntry(id, signature, version);
        notify(`已停止使用 ${id}。`, () => takeBack(retired.version, signature));
      } catch (error) {
        if (!(error instanceof Failure) || error.status !== 412) throw error;
        const theirs = await showEntry(id);
        await refresh();
        throw new Failure(`没有停止使用：${theirs.author}刚改过这一条（第 ${theirs.version} 号变更）。请打开 ${id} 看过再定。`);
      }
      await refresh();
      byId('entries-heading', HTMLElement).focus();
    },
  });
}

function undo({ number, entries, first }: Change): void {
  signing.ask({
    title: `撤销第 ${number} 号变更`,
    explanation: `${first.id} ${first.text}${entries > 1 ? ` 等 ${entries} 条` : ''}恢复到这次变更之前；撤销也记入变更，也可以再撤销。`,
    verb: '撤销这次变更',
    async done(signature) {
      const change = await undoChange(number, signature);
      notify(`已撤销第 ${number} 号变更（第 ${change.number} 号）。`, () => takeBack(change.number, signature));
      await refresh();
    },
  });
}

const importForm = new ImportForm({
  version: () => list.version,
  async onImported({ changed, site_lexicon_version: version }, signature) {
    if (changed > 0) notify(`已导入 ${changed.toLocaleString('zh-CN')} 条（第 ${version} 号变更）。`, () => takeBack(version, signature));
    await refresh();
  },
  onStale: () => list.reload(),
});

function show(): void {
  const [name = '', named = ''] = location.hash.slice(1).split('/');
  const before = view;
  view = VIEWS.find((known) => known === name) ?? 'entries';
  entry = named;
  for (const known of VIEWS) {
    byId(`${known}-view`, HTMLElement).hidden = known !== view;
    const link = document.querySelector(`.views [href="#${known}"]`);
    if (known === view) link?.setAttribute('aria-current', 'page');
    else link?.removeAttribute('aria-current');
  }
  alertWith('');
  if (view !== before) byId(`${view}-heading`, HTMLElement).focus();
  if (view === 'files') importForm.open();
  if (view === 'history') history.show(entry);
  if (view === 'entries' && entry) {
    attempt(async () => entryDialog.open(await showEntry(entry)));
    // The entry is not part of the view: going back, or opening it again, must work.
    window.history.replaceState(null, '', '#entries');
  }
}

byId('add', HTMLElement).addEventListener('click', () => entryDialog.open(null));
addEventListener('hashchange', show);
downloadWithKey();
show();
list.reload();
