import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';
import { resetBoot } from './boot';

afterEach(() => {
  cleanup();
  resetBoot();
  sessionStorage.clear();
});
