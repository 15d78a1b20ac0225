/**
 * The widget's own style. It is a constructed sheet, which a page's content security policy does not
 * forbid; and what it says of its own element as important stands above anything that the page says.
 */
export const css = (colour: string, side: 'left' | 'right') => `
:host {
  all: initial !important;
  display: block !important;
  position: fixed !important;
  inset: auto 1em 1em 1em !important;
  inset-inline: ${side === 'right' ? 'auto 1em' : '1em auto'} !important;
  z-index: 2147483647 !important;
  direction: ltr !important;
  font: 400 medium/1.5 'Source Sans 3', 'Helvetica Neue', Arial, sans-serif !important;
  color: #212121 !important;
  color-scheme: light !important;
}
@media print { :host { display: none !important; } }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
button { font: inherit; font-weight: 600; color: #fff; background: ${colour}; border: 2px solid #fff; border-radius: 3px; cursor: pointer; min-height: 44px; padding: .5em 1em; }
.opener { box-shadow: 0 1px 6px rgb(0 0 0 / .5); }
:is(button, a, iframe, h2):focus-visible { outline: 3px solid #1587b0; outline-offset: 2px; box-shadow: 0 0 0 2px #fff; }
.count { margin-inline-start: .5em; padding: 0 .5em; border-radius: 1em; background: #fff; color: #212121; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
dialog { position: fixed; inset: auto 1em 5em 1em; inset-inline: ${side === 'right' ? 'auto 1em' : '1em auto'}; margin: 0; padding: 0; border: 1px solid #66757d; border-radius: 3px; background: #fff; color: inherit;
  width: 26em; max-width: calc(100vw - 2em); height: 40em; max-height: calc(100vh - 6em); max-height: calc(100dvh - 6em); box-shadow: 0 2px 16px rgb(0 0 0 / .4); }
dialog[open] { display: flex; flex-direction: column; }
.bar { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; background: ${colour}; color: #fff; padding: 0 0 0 1em; }
h2 { font-size: 1em; margin: 0; }
.said { padding: 1em; }
.said p { margin: 0 0 .5em; }
a { color: #235a95; }
iframe { flex: 1; width: 100%; min-height: 0; border: 0; background: #f6f7f7; }
.away { visibility: hidden; flex: 0; height: 0; }
.full { inset: 0; width: 100vw; height: 100vh; height: 100dvh; max-width: none; max-height: none; border: 0; border-radius: 0; }
`;

/** Where the chat takes the whole window: telephones, and windows enlarged to 400 %. */
export const SMALL = '(max-width: 30em), (max-height: 30em)';
