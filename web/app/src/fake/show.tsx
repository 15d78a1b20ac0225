import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { resetBoot } from '../boot';
import type { Audience } from '../text/load';
import type { Lang } from '../text/lookup';
import { TextProvider } from '../text/TextProvider';

/** Puts the browser at an address of the municipality of Mallila. */
export function at(path: string) {
  history.replaceState(null, '', `/mallila${path}`);
  document.documentElement.lang = 'fi';
  resetBoot();
}

/** Draws a page with its texts. Find what it shows with findBy…: the texts come a moment later. */
export function show(page: ReactNode, audience: Audience, lang: Lang = 'fi') {
  return render(
    <TextProvider audience={audience} initial={lang}>
      {page}
    </TextProvider>,
  );
}
