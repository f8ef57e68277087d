// Joins paper, service and list.

import { byId } from '../elements';
import { Failure } from '../service';
import type { Answer } from '../wire';
import { copyText } from './clipboard';
import { Draft, type Marked } from './draft';
import { FindingList } from './finding-list';
import { canMark, flash, mark } from './marks';
import { Paper } from './paper';
import { proofread } from './proofreading';
import { reveal } from './scroll';
import { showSummary } from './summary';

const TYPING_PAUSE_MS = 600;
const NOTICE_MS = 10_000;

const element = (id: string): HTMLElement => byId(id, HTMLElement);
const published = byId('published', HTMLInputElement);
const narrow = matchMedia('(max-width: 63.99rem)');

const draft = new Draft();
let active: Marked | null = null;
let docked = false;
let sequence = 0;
let request: AbortController | null = null;
let pause = 0;
let fading = 0;

function show(): void {
  list.render(draft.findings);
  list.activate(active, { docked: docked && narrow.matches });
  showSummary(draft, request !== null);
  paint();
}

function paint(): void {
  const ranges = { error: [] as Range[], warning: [] as Range[], info: [] as Range[] };
  for (const finding of draft.findings) ranges[finding.severity].push(paper.range(finding.start, finding.end));
  mark('error', ranges.error);
  mark('warning', ranges.warning);
  mark('info', ranges.info);
  mark('active', active ? [paper.range(active.start, active.end)] : []);
}

function alertWith(message: string): void {
  if (element('alert').textContent !== message) element('alert').textContent = message;
}

function notify(message: string, { undoable = false } = {}): void {
  element('notice-text').textContent = message;
  element('notice').toggleAttribute('data-empty', message === '');
  element('undo').hidden = !undoable;
  clearTimeout(fading);
  if (message) fading = setTimeout(notify, NOTICE_MS, '');
}

function abandonRequest(): void {
  clearTimeout(pause);
  sequence += 1;
  request?.abort();
  request = null;
}

async function check(): Promise<void> {
  abandonRequest();
  if (paper.composing) return;
  if (draft.text.trim() === '') {
    alertWith('');
    draft.forget();
    setActive(null);
    return;
  }
  const mine = sequence;
  request = new AbortController();
  showSummary(draft, true);
  let answer: Answer | null = null;
  let failure: Failure | null = null;
  try {
    answer = await proofread(draft.text, published.value, request.signal);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    failure = error;
  }
  if (mine !== sequence) return;
  request = null;
  alertWith(failure ? failure.message : '');
  if (answer) {
    draft.answer(answer);
    active = active && draft.withKey(active.key);
  }
  show();
}

function checkSoon(): void {
  abandonRequest();
  pause = setTimeout(check, TYPING_PAUSE_MS);
}

function edited(text: string): void {
  const changed = draft.edit(text);
  if (changed) notify('');
  if (active && !draft.findings.includes(active)) active = null;
  if (!draft.checked) checkSoon();
  show();
}

function setActive(finding: Marked | null, { dock = false } = {}): void {
  active = finding;
  docked = dock;
  show();
}

function locate(finding: Marked): void {
  setActive(finding, { dock: true });
  const range = paper.range(finding.start, finding.end);
  const dock = document.querySelector('.finding[data-docked]');
  reveal(range, element('paper'), {
    top: narrow.matches ? 0 : document.querySelector<HTMLElement>('.bar')?.offsetHeight ?? 0,
    bottom: dock ? dock.getBoundingClientRect().top : innerHeight,
  });
  flash(range);
}

// The card just settled is gone; carry on with the one that took its place.
function goOnFrom(index: number): void {
  const next = draft.findings[Math.min(index, draft.findings.length - 1)];
  if (next && docked) locate(next);
  else setActive(next ?? null);
  if (next) list.focus(next);
  else element('verdict').focus({ preventScroll: true });
}

function accept(finding: Marked, replacement: string): void {
  const index = list.indexOf(finding);
  draft.drop(finding);
  paper.replace(finding.start, finding.end, replacement);
  notify('已采纳。', { undoable: true });
  goOnFrom(index);
  check();
}

function ignore(finding: Marked): void {
  const index = list.indexOf(finding);
  draft.ignore(finding);
  notify('');
  goOnFrom(index);
}

const list = new FindingList(element('findings'), {
  onLocate: locate,
  onSelect(finding) {
    locate(finding);
    paper.select(finding.start, finding.end);
  },
  onAccept: accept,
  onIgnore: ignore,
  onClose: (finding) => setActive(finding),
});

const paper = new Paper(element('paper'), {
  onEdit: edited,
  onComposition: abandonRequest,
  onCaret(offset) {
    const finding = draft.at(offset);
    setActive(finding, { dock: finding !== null });
    if (finding && !narrow.matches) list.reveal(finding);
  },
});

element('check').addEventListener('click', check);
published.addEventListener('change', () => {
  draft.checked = false;
  checkSoon();
  show();
});

element('copy').addEventListener('click', async () => {
  const done = await copyText(draft.text);
  notify(done ? '已复制全文。' : '浏览器不许复制，请在文稿中全选后复制。');
});

element('redact').addEventListener('click', () => {
  const masked = draft.redact();
  if (!masked) {
    notify(draft.checked ? '没有须改或须核实的隐私信息。' : '请先检查，再遮盖隐私。');
    return;
  }
  paper.replace(masked.start, masked.end, masked.string);
  notify(`已遮盖 ${masked.count} 处隐私信息。`, { undoable: true });
  element('redact').focus();
  check();
});

element('clear').addEventListener('click', () => {
  if (draft.text === '') return;
  paper.clear();
  draft.restore();
  check();
  notify('已清空。', { undoable: true });
});

element('undo').addEventListener('click', () => {
  paper.undo();
  notify('已撤销。');
});

element('restore').addEventListener('click', () => {
  draft.restore();
  show();
  element('verdict').focus({ preventScroll: true });
});

document.addEventListener('keydown', (event) => {
  if (event.isComposing) return;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    check();
  } else if (event.key === 'Escape') {
    const first = active ?? draft.findings[0];
    if (document.activeElement === element('paper')) {
      if (first) list.focus(first);
    } else if (docked) setActive(active);
  }
});

element('unmarked').hidden = canMark;
show();
