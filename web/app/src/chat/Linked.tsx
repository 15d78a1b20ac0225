const ADDRESS = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/i;

/**
 * Web addresses that an adviser wrote can be followed; a citizen's own stay text for everybody. Nothing is
 * asked of them until somebody does: an address is shown whole, with the host that a browser reads in it
 * wherever that is not the one that people read.
 */
export function Linked({ text }: { text: string }) {
  return text.split(ADDRESS).map((part, i) => {
    const host = i % 2 === 1 ? hostOf(part) : null;
    if (host === null) return part;
    return (
      <span key={i}>
        <a href={part} target="_blank" rel="noopener noreferrer nofollow">
          {part}
        </a>
        {!part.toLowerCase().startsWith(`${new URL(part).protocol}//${host}`) && ` (${host})`}
      </span>
    );
  });
}

/** The host of an address that may be followed; null for one that hides it behind a name, or is none. */
function hostOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, host, username, password } = new URL(address);
  return /^https?:$/.test(protocol) && username + password === '' ? host : null;
}
