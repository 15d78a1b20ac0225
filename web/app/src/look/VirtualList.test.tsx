import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { VirtualList } from './VirtualList';

const many = Array.from({ length: 10_000 }, (_, i) => `rivi ${i + 1}`);
const pick = vi.fn();

function List({ items = many }: { items?: string[] }) {
  return (
    <VirtualList
      items={items}
      rowHeight={40}
      label="Jono"
      keyOf={(item) => item}
      row={(item, props) => (
        <button {...props} onClick={() => void pick(item)}>
          {item}
        </button>
      )}
    />
  );
}

describe('a list of ten thousand', () => {
  beforeEach(() => {
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(320);
    pick.mockClear();
  });

  it('draws only the rows in sight, and says how many there are', () => {
    render(<List />);
    expect(screen.getAllByRole('button').length).toBeLessThan(40);
    expect(screen.getAllByRole('listitem')[0]?.getAttribute('aria-setsize')).toBe('10000');
  });

  it('is one stop of Tab, and arrows move to any row', async () => {
    const user = userEvent.setup();
    render(<List />);
    await user.tab();
    expect(document.activeElement?.textContent).toBe('rivi 1');
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(document.activeElement?.textContent).toBe('rivi 3');
    await user.keyboard('{End}');
    expect(document.activeElement?.textContent).toBe('rivi 10000');
    await user.keyboard('{ArrowUp}{Enter}');
    expect(pick).toHaveBeenCalledWith('rivi 9999');
    await user.tab();
    expect(document.activeElement).toBe(document.body);
  });

  it('keeps standing on the last row when the list gets shorter', async () => {
    const user = userEvent.setup();
    const { rerender } = render(<List />);
    await user.tab();
    await user.keyboard('{End}');
    rerender(<List items={['ainoa']} />);
    expect(screen.getByRole('button', { name: 'ainoa' }).tabIndex).toBe(0);
  });
});
