// The sheet that is written on: what it takes in, what it gives out, which keys it knows. Knows findings only by place.

import { baseKeymap, toggleMark } from 'prosemirror-commands';
import { history, redo, undo } from 'prosemirror-history';
import { keymap } from 'prosemirror-keymap';
import { Fragment, Slice, type Node } from 'prosemirror-model';
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list';
import { EditorState, type Plugin, type Transaction } from 'prosemirror-state';
import { goToNextCell, tableEditing } from 'prosemirror-tables';
import { EditorView } from 'prosemirror-view';

import { textOf } from './document/plain-text';
import { schema } from './document/schema';
import { clean } from './incoming/clean';
import { richText } from './outgoing/rich-text';
import { say } from './words/words';

export interface PaperEvents {
  onChange(before: EditorState, transaction: Transaction): void;
  onComposition(): void;
  onCompositionEnd(): void;
  onPlace(position: number): void;
  onPictures(count: number): void;
  onFile(file: File): void;
}

const item = schema.nodes['list_item'];
const paragraph = schema.nodes['paragraph'];
if (!item || !paragraph) throw new Error('the schema lacks what the paper needs');
const mark = (name: string) => toggleMark(schema.marks[name] ?? (() => { throw new Error(name); })());

const keys = {
  'Mod-z': undo,
  'Mod-y': redo,
  'Mod-Shift-z': redo,
  'Mod-b': mark('strong'),
  'Mod-i': mark('em'),
  'Mod-u': mark('underline'),
  Enter: splitListItem(item),
};
// Tab leaves the paper as it leaves any field, but in tables and lists, where Word has taught what it does.
const tabs = [
  keymap({ Tab: goToNextCell(1), 'Shift-Tab': goToNextCell(-1) }),
  keymap({ Tab: sinkListItem(item), 'Shift-Tab': liftListItem(item) }),
];

function linesOf(text: string): Node[] {
  return text.split(/\r\n?|\n/).map((line) => paragraph!.create(null, line === '' ? null : schema.text(line)));
}

export function emptyDraft(): Node { return schema.node('doc', null, [paragraph!.create()]); }

export function draftOfText(text: string): Node { return schema.node('doc', null, linesOf(text)); }

/** A piece of several blocks that takes the place of whole ones brings its own looks along, the first block's too. */
function asBlocks(slice: Slice, { selection: { $from, $to } }: EditorState): Slice {
  const whole = $from.parentOffset === 0 && $to.parentOffset === $to.parent.content.size;
  return whole && slice.content.childCount > 1 ? new Slice(slice.content, 0, 0) : slice;
}

function isEmpty(doc: Node): boolean {
  return doc.childCount === 1 && doc.firstChild?.type === paragraph && doc.firstChild?.content.size === 0;
}

export function createPaper(root: HTMLElement, plugins: readonly Plugin[], events: PaperEvents): EditorView {
  const attributes = (state: EditorState) => ({
    id: 'paper',
    role: 'textbox',
    'aria-multiline': 'true',
    'aria-label': say('paper'),
    'aria-placeholder': say('placeholder'),
    'data-placeholder': say('placeholder'),
    spellcheck: 'false',
    autocapitalize: 'off',
    translate: 'no',
    ...(isEmpty(state.doc) ? { 'data-empty': '' } : {}),
  });

  const view: EditorView = new EditorView({ mount: root }, {
    state: EditorState.create({
      schema,
      plugins: [...plugins, keymap(keys), ...tabs, keymap(baseKeymap), history({ newGroupDelay: 600 }), tableEditing()],
    }),
    attributes,
    clipboardSerializer: richText,
    clipboardTextSerializer: (slice) => textOf(slice.content),
    clipboardTextParser: (text) => new Slice(Fragment.from(linesOf(text)), 1, 1),
    transformPastedHTML(html) {
      const { html: cleaned, pictures } = clean(html);
      if (pictures > 0) events.onPictures(pictures);
      return cleaned;
    },
    transformPasted: (slice, { state }) => asBlocks(slice, state),
    handleDOMEvents: {
      compositionstart: () => { events.onComposition(); },
      compositionend: () => { setTimeout(() => events.onCompositionEnd()); },
      drop(_, event) {
        const file = event.dataTransfer?.files[0];
        if (!file) return false;
        event.preventDefault();
        events.onFile(file);
        return true;
      },
      dragover(_, event) {
        if (!event.dataTransfer?.types.includes('Files')) return false;
        event.preventDefault();
        return true;
      },
    },
    handleClick(_, position) {
      events.onPlace(position);
      return false;
    },
    dispatchTransaction(transaction) {
      const before = view.state;
      view.updateState(before.apply(transaction));
      events.onChange(before, transaction);
    },
  });
  return view;
}
