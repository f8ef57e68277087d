// Joins paper, checker, list and card.

import type { EditorState, Transaction } from 'prosemirror-state';
import { redo, undo } from 'prosemirror-history';
import type { Node } from 'prosemirror-model';

import { byId, write } from '../elements';
import { Failure } from '../service';
import { accepted } from './checking/accepted';
import * as actions from './checking/actions';
import { Checker } from './checking/checker';
import { alone, type Reason } from './checking/decisions';
import { reportFalseAlarm } from './checking/false-alarms';
import { findingAt, findings, findingsOf, tellActive, type Findings, type Marked } from './checking/findings';
import { lettersIn, PlainText } from './document/plain-text';
import { open } from './incoming/files';
import * as keeping from './keeping';
import { listenToKeys } from './keys';
import { notify, warn } from './notices';
import { copy } from './outgoing/clipboard';
import { listenToOutgoing } from './outgoing-tools';
import { Card, ruleAddress } from './panel/card';
import { FindingList } from './panel/finding-list';
import { placeCard, reveal } from './panel/place';
import { Filters, showSummary } from './panel/summary';
import { createPaper, emptyDraft } from './paper';
import { choose, chooseAsBefore, language, say, sayAll } from './words/words';

const LIST_PAUSE_MS = 120;

const element = (id: string): HTMLElement => byId(id, HTMLElement);
const published = byId('published', HTMLInputElement);
const keepBox = byId('keep', HTMLInputElement);
const chooser = byId('file', HTMLInputElement);

chooseAsBefore();
sayAll();

let listDue = 0;
let lexiconVersion = '';

const view = createPaper(element('paper'), [findings(), accepted()], {
  onChange: changed,
  onComposition: () => checker.abandon(),
  onCompositionEnd: () => checker.soon(),
  onPlace: (position) => activate(findingAt(known(), position), { quietly: true }),
  onPictures: (n) => notify(say('picturesLeftOut', { n })),
  onFile: (file) => void openFile(file),
});

const checker = new Checker(view, () => published.value, {
  onBusy: showState,
  onAnswer(answer) {
    warn('');
    if (answer) lexiconVersion = answer.lexicon_version;
    write(element('lexicon'), lexiconVersion && say('lexicon', { version: lexiconVersion }));
    show();
  },
  onFailure(message) {
    warn(message);
    show();
  },
});

const filters = new Filters(show);
const list = new FindingList(element('findings'), {
  onChoose: (finding) => activate(finding),
  onAcceptAll(group) {
    const transaction = actions.acceptAll(view.state, group);
    const n = group.filter(actions.isCertain).length;
    view.dispatch(transaction);
    notify(say('acceptedMany', { n }));
    element('verdict').focus({ preventScroll: true });
  },
});
const card = new Card(element('card'), {
  onAccept: accept,
  onIgnore: (finding) => settle(finding, actions.ignore(view.state, finding), say('ignoredNow')),
  onIgnoreEverywhere: (finding) => settle(finding, actions.ignoreEverywhere(view.state, finding), say('ignoredEverywhereNow')),
  onFalseAlarm: (finding, reason) => void callFalseAlarm(finding, reason),
  async onCopyRule(finding) {
    notify(say(await copy({ text: ruleAddress(finding) }) ? 'ruleCopied' : 'copyFailed'));
  },
  onMove: (step) => { move(step); card.focus(); },
  onClose() {
    activate(null);
    view.focus();
  },
});

function known(): Findings { return findingsOf(view.state); }
function active(): Marked | null { return known().visible.find(({ key }) => key === known().active) ?? null; }

function changed(before: EditorState, transaction: Transaction): void {
  const was = findingsOf(before);
  const now = known();
  if (now.version !== was.version) {
    if (!view.composing) checker.soon();
    if (keepBox.checked) keepDraft();
  }
  if (now === was) return;
  showState();
  if (transaction.getMeta('pointer') === undefined && now.version !== was.version && now.active === was.active) {
    // While one writes, the list may lag behind by a moment.
    clearTimeout(listDue);
    listDue = setTimeout(show, LIST_PAUSE_MS);
    showCard();
  } else show();
}

function showState(): void {
  const passed = filters.pass(known().visible);
  showSummary({ findings: known(), busy: checker.busy, empty: emptied() }, filters, known().visible.length - passed.length);
}

function show(): void {
  clearTimeout(listDue);
  showState();
  list.render(filters.pass(known().visible));
  list.activate(known().active);
  write(element('length'), say('letters', { n: lettersIn(new PlainText(view.state.doc).text) }));
  showCard();
}

function showCard(): void {
  const finding = active();
  if (!finding) {
    card.close();
    return;
  }
  const passed = filters.pass(known().visible);
  card.show(finding, passed.findIndex(({ key }) => key === finding.key), passed.length);
  placeCard(element('card'), view, finding);
}

function emptied(): boolean { return view.state.doc.textContent.trim() === ''; }

function activate(finding: Marked | null, { quietly = false } = {}): void {
  if ((finding?.key ?? null) !== known().active) view.dispatch(tellActive(view.state.tr, finding?.key ?? null));
  if (finding && !quietly) reveal(view, element('card'), finding);
}

/** To the next finding in the order of the text, round the end. */
function move(step: 1 | -1): void {
  const passed = filters.pass(known().visible);
  const current = passed.findIndex(({ key }) => key === known().active);
  const caret = view.state.selection.from;
  const after = passed.findIndex(({ from }) => from >= caret);
  const unplaced = step === 1 ? (after === -1 ? 0 : after) : (after === -1 ? passed.length : after) - 1;
  const index = current === -1 ? unplaced : current + step;
  activate(passed[(index + passed.length) % passed.length] ?? null);
}

/** Does what settles a finding, and goes on with the one behind it. */
function settle(finding: Marked, transaction: Transaction, message: string): void {
  const inCard = card.contains(document.activeElement);
  const behind = filters.pass(known().visible).filter(({ from, key }) => from >= finding.from && key !== finding.key);
  view.dispatch(transaction);
  const next = behind.map(({ key }) => known().visible.find((one) => one.key === key)).find(Boolean) ?? null;
  activate(next);
  notify(message);
  if (!inCard) return;
  if (next) card.focus();
  else element('verdict').focus({ preventScroll: true });
}

function accept(finding: Marked, replacement: string): void {
  settle(finding, actions.accept(view.state, finding, replacement), say('accepted'));
}

async function callFalseAlarm(finding: Marked, reason: Reason): Promise<void> {
  settle(finding, actions.callFalseAlarm(view.state, finding, reason), '');
  try {
    await reportFalseAlarm(finding.rule, reason);
    notify(say('falseAlarmSent'));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    notify(say('falseAlarmFailed', { why: error.message }));
  }
}

function replaceDraft(draft: Node): void {
  const { state } = view;
  view.dispatch(alone(state).replaceWith(0, state.doc.content.size, draft.content)
    .setDocAttribute('decisions', draft.attrs['decisions']));
}

async function openFile(file: File): Promise<void> {
  try {
    const opened = await open(file);
    if (!opened) {
      warn(say('unreadable', { name: file.name }));
      return;
    }
    warn('');
    replaceDraft(opened.draft);
    notify(say('opened', { name: file.name }) + (opened.pictures > 0 ? say('picturesLeftOut', { n: opened.pictures }) : ''));
    void checker.whole();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    warn(error.message);
  }
}

function keepDraft(): void {
  keeping.keep(() => ({ draft: view.state.doc, publishedOn: published.value }), () => {
    keepBox.checked = false;
    warn(say('keepFailed'));
  });
}

function onClick(id: string, act: () => void): void { element(id).addEventListener('click', act); }

onClick('check', () => void checker.whole());
onClick('undo', () => notify(say(undo(view.state, view.dispatch) ? 'undone' : 'nothingToUndo')));
onClick('redo', () => { if (redo(view.state, view.dispatch)) notify(say('redone')); });
listenToOutgoing(view, () => ({ lexiconVersion, publishedOn: published.value }));
onClick('mask', () => {
  const found = actions.leaks(view.state);
  if (found.length === 0) {
    notify(say(known().complete ? 'nothingToMask' : 'checkFirst'));
    return;
  }
  view.dispatch(actions.mask(view.state, found));
  notify(say('masked', { n: found.length }));
});
onClick('clear', () => {
  if (emptied()) return;
  replaceDraft(emptyDraft());
  notify(say('cleared'));
  void checker.whole();
});
onClick('restore', () => {
  view.dispatch(actions.restore(view.state));
  element('verdict').focus({ preventScroll: true });
});
onClick('show-all', () => {
  filters.clear();
  show();
});
onClick('open', () => chooser.click());
chooser.addEventListener('change', () => {
  const file = chooser.files?.[0];
  if (file) void openFile(file);
  chooser.value = '';
});
onClick('language', () => {
  choose(language() === 'en' ? 'zh-CN' : 'en');
  sayAll();
  view.setProps({});
  notify('');
  write(element('lexicon'), lexiconVersion && say('lexicon', { version: lexiconVersion }));
  show();
});
published.addEventListener('change', () => void checker.whole());
keepBox.addEventListener('change', () => {
  if (keepBox.checked) keepDraft();
  else keeping.forget();
});

listenToKeys({
  check: () => void checker.whole(),
  move,
  active,
  accept,
  ignore: (finding) => settle(finding, actions.ignore(view.state, finding), say('ignoredNow')),
  toCardOrBack() {
    if (view.hasFocus()) {
      if (!active()) activate(findingAt(known(), view.state.selection.from));
      if (card.open) card.focus();
    } else if (card.contains(document.activeElement)) view.focus();
    else return false;
    return true;
  },
});

addEventListener('resize', showCard);

const before = keeping.kept();
if (before) {
  keepBox.checked = true;
  published.value = before.publishedOn;
  replaceDraft(before.draft);
  notify(say('draftKept'));
  void checker.whole();
}
show();
