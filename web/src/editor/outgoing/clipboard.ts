// Puts a text on the clipboard. navigator.clipboard exists only on https and localhost; many intranets are plain http.

export interface Copied {
  readonly text: string;
  readonly html?: string;
}

function copyThroughEvent({ text, html }: Copied): boolean {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.className = 'offscreen';
  // A copy of nothing raises no event.
  field.value = text || ' ';
  document.body.append(field);
  field.select();
  const fill = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    if (html !== undefined) event.clipboardData?.setData('text/html', html);
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('copy', fill, { capture: true, once: true });
  const done = document.execCommand('copy');
  document.removeEventListener('copy', fill, { capture: true });
  field.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return done;
}

export async function copy(copied: Copied): Promise<boolean> {
  // The older way takes HTML as it is; the newer one rewrites it, and drops what Word would need.
  if (copyThroughEvent(copied)) return true;
  try {
    await navigator.clipboard.writeText(copied.text);
    return true;
  } catch {
    return false;
  }
}
