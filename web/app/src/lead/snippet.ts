/** Lines as a person writes them: a copied address may have an international name, which a browser writes otherwise. */
export function originsOf(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((line) => (URL.canParse(line) && isBare(new URL(line)) ? new URL(line).origin : line));
}

const isBare = ({ protocol, pathname, search, hash, username }: URL) =>
  /^https?:$/.test(protocol) && pathname === '/' && search + hash + username === '';

/** A text as HTML reads it, also inside quotation marks. */
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * What a page needs to carry the chat of a service; `base` is the authority's address. The link is for
 * those whose browser does not run the script, which takes it away and puts the button in its place.
 */
export const snippetOf = (base: string, service: string, name: string) =>
  `<a href="${base}/chat/${service}" data-luukku-link>${escaped(name)}</a>
<script src="${base}/widget.js" data-service="${service}" data-position="right" async></script>`;

/** What a strict content security policy has to allow. */
export const policyOf = (origin: string) => `script-src ${origin}; frame-src ${origin}`;

/** Attributes for a site that checks what its scripts are. */
export const integrityOf = (integrity: string) => `integrity="${integrity}" crossorigin="anonymous"`;
