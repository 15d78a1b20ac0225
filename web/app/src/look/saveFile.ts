/** Hands a file made in the browser to the browser's own saving. */
export function saveFile(name: string, content: string | Blob, type: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
