// The editable sheet: reads it, edits it through the browser's undo stack, reports edits. Knows nothing of findings.

import { TextMap } from './textmap.js';

// insertText types line by line: ten seconds for a long text, where escaped HTML takes none.
function insertText(string) {
  const holder = document.createElement('div');
  holder.textContent = string;
  return (string.includes('\n') && document.execCommand('insertHTML', false, holder.innerHTML))
    || document.execCommand('insertText', false, string);
}

export class Paper {
  #root;
  #map;
  #composing = false;

  constructor(root, { onEdit, onComposition, onCaret }) {
    this.#root = root;
    this.#map = new TextMap(root);
    const rich = root.contentEditable !== 'plaintext-only';
    if (rich) root.contentEditable = 'true';

    const edited = () => {
      this.#map = new TextMap(root);
      root.toggleAttribute('data-empty', /^\n?$/.test(this.#map.text));
      onEdit(this.#map.text);
    };
    root.addEventListener('input', () => {
      if (!this.#composing) edited();
    });
    root.addEventListener('compositionstart', () => {
      this.#composing = true;
      root.removeAttribute('data-empty');
      onComposition();
    });
    root.addEventListener('compositionend', () => {
      this.#composing = false;
      edited();
    });
    root.addEventListener('click', () => {
      const selection = getSelection();
      if (selection.isCollapsed && root.contains(selection.anchorNode)) {
        onCaret(this.#map.offset(selection.anchorNode, selection.anchorOffset));
      }
    });
    for (const type of ['copy', 'cut']) {
      root.addEventListener(type, (event) => this.#copySelection(event, type === 'cut'));
    }
    if (rich) this.#refuseFormatting();
  }

  get text() { return this.#map.text; }
  get composing() { return this.#composing; }

  range(start, end) { return this.#map.range(start, end); }

  select(start, end) {
    this.#root.focus({ preventScroll: true });
    const range = this.range(start, end);
    getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  }

  replace(start, end, string) {
    this.#quietly(() => {
      this.select(start, end);
      if (string === '' ? document.execCommand('delete') : insertText(string)) return;
      const range = this.range(start, end);
      range.deleteContents();
      range.insertNode(document.createTextNode(string));
      this.#root.dispatchEvent(new InputEvent('input'));
    });
  }

  clear() {
    this.#quietly(() => {
      this.#root.focus();
      getSelection().selectAllChildren(this.#root);
      document.execCommand('delete');
    });
  }

  undo() {
    this.#quietly(() => {
      this.#root.focus({ preventScroll: true });
      document.execCommand('undo');
    });
  }

  // Editing commands need the focus and scroll to the caret; without inputmode=none a phone would raise its keyboard.
  #quietly(edit) {
    const { scrollX, scrollY } = window;
    this.#root.inputMode = 'none';
    edit();
    this.#root.inputMode = '';
    scrollTo(scrollX, scrollY);
  }

  // The browser's own copy would carry the page's colours and fonts into the editor's document.
  #copySelection(event, cut) {
    const selection = getSelection();
    if (selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const start = this.#map.offset(range.startContainer, range.startOffset);
    const end = this.#map.offset(range.endContainer, range.endOffset);
    event.clipboardData.setData('text/plain', this.text.slice(start, end));
    event.preventDefault();
    if (cut) document.execCommand('delete');
  }

  #refuseFormatting() {
    this.#root.addEventListener('paste', (event) => {
      event.preventDefault();
      insertText(event.clipboardData.getData('text/plain').replace(/\r\n?/g, '\n'));
    });
    this.#root.addEventListener('drop', (event) => event.preventDefault());
    this.#root.addEventListener('beforeinput', (event) => {
      if (event.inputType.startsWith('format')) event.preventDefault();
    });
  }
}
