import { chatPage, readOptions } from './options';
import { textsIn } from './text';
import { Widget } from './widget';

// Known only while the script itself runs.
const script = document.currentScript;
const warn = (text: string) => console.warn(`Luukku: ${text}`);

function begin(script: HTMLScriptElement) {
  const options = readOptions(script, document);
  if (!options) return warn('the script needs data-service="…", the id of a service.');
  if (document.querySelector('[data-luukku-widget]')) return warn('the script is on the page twice; the first one holds.');
  options.warnings.forEach(warn);
  new Widget(options, textsIn(options.lang), warn).start();
  // The button takes the place of the link for browsers that do not get this far.
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-luukku-link]')) if (link.href.startsWith(chatPage(options))) link.remove();
}

if (script instanceof HTMLScriptElement) {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => begin(script));
  else begin(script);
}
