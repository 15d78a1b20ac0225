import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';
import { resetBoot } from './boot';

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 20_000 });

// jsdom draws nothing, so it cannot scroll either.
window.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;

afterEach(() => {
  cleanup();
  resetBoot();
  sessionStorage.clear();
});
