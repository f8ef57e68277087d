// Joins paper, service and list.

import { Failure, proofread } from './api.js';
import { copyText } from './clipboard.js';
import { Draft } from './draft.js';
import { FindingList } from './findings.js';
import { canMark, flash, mark } from './marks.js';
import { Paper } from './paper.js';
import { reveal } from './scroll.js';
import { showSummary } from './summary.js';

const TYPING_PAUSE_MS = 600;
const NOTICE_MS = 10_000;

const element = (id) => document.getElementById(id);
const narrow = matchMedia('(max-width: 63.99rem)');

const draft = new Draft();
let active = null;
let docked = false;
let sequence = 0;
let request = null;
let pause = 0;
let fading = 0;

function show() {
  list.render(draft.findings);
  list.activate(active, { docked: docked && narrow.matches });
  showSummary(draft, request !== null);
  paint();
}

function paint() {
  const ranges = { error: [], warning: [], info: [] };
  for (const finding of draft.findings) {
    ranges[finding.severity]?.push(paper.range(finding.start, finding.end));
  }
  for (const [severity, places] of Object.entries(ranges)) mark(severity, places);
  mark('active', active ? [paper.range(active.start, active.end)] : []);
}

function alertWith(message) {
  if (element('alert').textContent !== message) element('alert').textContent = message;
}

function notify(message, { undoable = false } = {}) {
  element('notice-text').textContent = message;
  element('notice').toggleAttribute('data-empty', message === '');
  element('undo').hidden = !undoable;
  clearTimeout(fading);
  if (message) fading = setTimeout(notify, NOTICE_MS, '');
}

function abandonRequest() {
  clearTimeout(pause);
  sequence += 1;
  request?.abort();
  request = null;
}

async function check() {
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
  let answer = null;
  let failure = null;
  try {
    answer = await proofread(draft.text, element('published').value, request.signal);
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

function checkSoon() {
  abandonRequest();
  pause = setTimeout(check, TYPING_PAUSE_MS);
}

function edited(text) {
  const changed = draft.edit(text);
  if (changed) notify('');
  if (!draft.findings.includes(active)) active = null;
  if (!draft.checked) checkSoon();
  show();
}

function setActive(finding, { dock = false } = {}) {
  active = finding;
  docked = dock;
  show();
}

function locate(finding) {
  setActive(finding, { dock: true });
  const range = paper.range(finding.start, finding.end);
  const dock = document.querySelector('.finding[data-docked]');
  reveal(range, element('paper'), {
    top: narrow.matches ? 0 : document.querySelector('.bar').offsetHeight,
    bottom: dock ? dock.getBoundingClientRect().top : innerHeight,
  });
  flash(range);
}

// The card just settled is gone; carry on with the one that took its place.
function goOnFrom(index) {
  const next = draft.findings[Math.min(index, draft.findings.length - 1)];
  if (next && docked) locate(next);
  else setActive(next || null);
  if (next) list.focus(next);
  else element('verdict').focus({ preventScroll: true });
}

function accept(finding, replacement) {
  const index = list.indexOf(finding);
  draft.drop(finding);
  paper.replace(finding.start, finding.end, replacement);
  notify('已采纳。', { undoable: true });
  goOnFrom(index);
  check();
}

function ignore(finding) {
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
element('published').addEventListener('change', () => {
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
    if (document.activeElement === element('paper')) list.focus(active || draft.findings[0]);
    else if (docked) setActive(active);
  }
});

element('unmarked').hidden = canMark;
show();
