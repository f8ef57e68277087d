// The editable sheet: reads it, edits it through the browser's undo stack, reports edits. Knows nothing of findings.

import { TextMap } from './text-map';

export interface PaperEvents {
  onEdit(text: string): void;
  onComposition(): void;
  onCaret(offset: number): void;
}

// insertText types line by line: ten seconds for a long text, where escaped HTML takes none.
function insertText(string: string): boolean {
  const holder = document.createElement('div');
  holder.textContent = string;
  return (string.includes('\n') && document.execCommand('insertHTML', false, holder.innerHTML))
    || document.execCommand('insertText', false, string);
}

export class Paper {
  readonly #root: HTMLElement;
  #map: TextMap;
  #composing = false;

  constructor(root: HTMLElement, { onEdit, onComposition, onCaret }: PaperEvents) {
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
      if (selection?.isCollapsed && selection.anchorNode && root.contains(selection.anchorNode)) {
        onCaret(this.#map.offset(selection.anchorNode, selection.anchorOffset));
      }
    });
    root.addEventListener('copy', (event) => this.#copySelection(event, false));
    root.addEventListener('cut', (event) => this.#copySelection(event, true));
    if (rich) this.#refuseFormatting();
  }

  get text(): string { return this.#map.text; }
  get composing(): boolean { return this.#composing; }

  range(start: number, end: number): Range { return this.#map.range(start, end); }

  select(start: number, end: number): void {
    this.#root.focus({ preventScroll: true });
    const range = this.range(start, end);
    getSelection()?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  }

  replace(start: number, end: number, string: string): void {
    this.#quietly(() => {
      this.select(start, end);
      if (string === '' ? document.execCommand('delete') : insertText(string)) return;
      const range = this.range(start, end);
      range.deleteContents();
      range.insertNode(document.createTextNode(string));
      this.#root.dispatchEvent(new InputEvent('input'));
    });
  }

  clear(): void {
    this.#quietly(() => {
      this.#root.focus();
      getSelection()?.selectAllChildren(this.#root);
      document.execCommand('delete');
    });
  }

  undo(): void {
    this.#quietly(() => {
      this.#root.focus({ preventScroll: true });
      document.execCommand('undo');
    });
  }

  // Editing commands need the focus and scroll to the caret; without inputmode=none a phone would raise its keyboard.
  #quietly(edit: () => void): void {
    const { scrollX, scrollY } = window;
    this.#root.inputMode = 'none';
    edit();
    this.#root.inputMode = '';
    scrollTo(scrollX, scrollY);
  }

  // The browser's own copy would carry the page's colours and fonts into the editor's document.
  #copySelection(event: ClipboardEvent, cut: boolean): void {
    const selection = getSelection();
    if (!selection || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const start = this.#map.offset(range.startContainer, range.startOffset);
    const end = this.#map.offset(range.endContainer, range.endOffset);
    event.clipboardData?.setData('text/plain', this.text.slice(start, end));
    event.preventDefault();
    if (cut) document.execCommand('delete');
  }

  #refuseFormatting(): void {
    this.#root.addEventListener('paste', (event) => {
      event.preventDefault();
      insertText((event.clipboardData?.getData('text/plain') ?? '').replace(/\r\n?/g, '\n'));
    });
    this.#root.addEventListener('drop', (event) => event.preventDefault());
    this.#root.addEventListener('beforeinput', (event) => {
      if (event.inputType.startsWith('format')) event.preventDefault();
    });
  }
}
