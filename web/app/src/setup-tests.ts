import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';
import { resetBoot } from './boot';

// jsdom draws nothing, so it cannot scroll either.
window.scrollTo = () => undefined;

afterEach(() => {
  cleanup();
  resetBoot();
  sessionStorage.clear();
});
