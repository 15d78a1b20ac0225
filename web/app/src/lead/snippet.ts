/** Lines as a person writes them: a copied address may have an international name, which a browser writes otherwise. */
export function originsOf(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((line) => (URL.canParse(line) && isBare(new URL(line)) ? new URL(line).origin : line));
}

const isBare = ({ protocol, pathname, search, hash, username }: URL) =>
  /^https?:$/.test(protocol) && pathname === '/' && search + hash + username === '';

/** What a page needs to carry the chat of a service; `base` is the authority's address. */
export const snippetOf = (base: string, service: string) =>
  `<script src="${base}/widget.js" data-service="${service}" data-position="right" async></script>`;

/** What a strict content security policy has to allow. */
export const policyOf = (origin: string) => `script-src ${origin}; frame-src ${origin}`;

/** Attributes for a site that checks what its scripts are. */
export const integrityOf = (integrity: string) => `integrity="${integrity}" crossorigin="anonymous"`;
