package keystoretest

import (
	"bytes"
	"maps"
	"slices"
	"strings"
)

// handle is an open file of a Disk.
type handle struct {
	disk *Disk
	node *inode
	path string
	at   int
}

// Write implements keystore.File.
func (h *handle) Write(b []byte) (int, error) {
	h.disk.mu.Lock()
	defer h.disk.mu.Unlock()
	if err := h.disk.step("write", h.path); err != nil {
		return 0, err
	}
	content := bytes.Clone(h.node.now)
	if missing := h.at + len(b) - len(content); missing > 0 {
		content = append(content, make([]byte, missing)...)
	}
	copy(content[h.at:], b)
	if h.disk.spoil != "" && strings.Contains(h.path, h.disk.spoil) {
		content[h.at+len(b)/2] ^= 1
	}
	h.at += len(b)
	h.node.now = content
	h.disk.remember(content)
	return len(b), nil
}

// Sync implements keystore.File.
func (h *handle) Sync() error {
	h.disk.mu.Lock()
	defer h.disk.mu.Unlock()
	if err := h.disk.step("sync", h.path); err != nil || h.disk.lie == "sync" {
		return err
	}
	h.node.safe = h.node.now
	return nil
}

// Close implements keystore.File.
func (h *handle) Close() error { return nil }

// Above these numbers of unsynced changes and files, which only a disk that lies reaches, Wakings
// looks at beginnings of the changes and at whole or absent contents only.
const (
	manyChanges = 6
	manyFiles   = 2
)

// Wakings returns the disks that may be found after a power cut at this moment: every subset of
// the folder changes that were not synced, in their order, with every way in which unsynced
// content may be torn. The disk itself is not changed.
func (d *Disk) Wakings() []*Disk {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []*Disk
	for _, names := range d.namings() {
		torn := d.tearings(names)
		for _, contents := range torn {
			all = append(all, d.wake(names, contents))
		}
	}
	return all
}

// namings returns what names may stand after a cut.
func (d *Disk) namings() []map[string]*inode {
	var numbers []int
	for _, c := range d.waiting {
		if !slices.Contains(numbers, c.with) {
			numbers = append(numbers, c.with)
		}
	}
	var all []map[string]*inode
	for chosen := range 1 << len(numbers) {
		if len(numbers) > manyChanges && chosen&(chosen+1) != 0 {
			continue
		}
		names := maps.Clone(d.safe)
		for _, c := range d.waiting {
			if chosen>>slices.Index(numbers, c.with)&1 == 1 {
				c.apply(names)
			}
		}
		all = append(all, names)
	}
	return all
}

// tearings returns the contents that the unsynced files among names may have.
func (d *Disk) tearings(names map[string]*inode) []map[*inode][]byte {
	var unsynced []*inode
	for _, node := range names {
		if !bytes.Equal(node.now, node.safe) {
			unsynced = append(unsynced, node)
		}
	}
	all := []map[*inode][]byte{{}}
	for _, node := range unsynced {
		var more []map[*inode][]byte
		for _, before := range all {
			torn := node.torn()
			if len(unsynced) > manyFiles {
				torn = torn[:2]
			}
			for _, content := range torn {
				with := maps.Clone(before)
				with[node] = content
				more = append(more, with)
			}
		}
		all = more
	}
	return all
}

// torn returns what may stand of a write that was not synced: nothing, all, its first half, its
// second half, its length with zeros, and all but one byte.
func (n *inode) torn() [][]byte {
	from := 0
	for from < len(n.safe) && from < len(n.now) && n.safe[from] == n.now[from] {
		from++
	}
	middle := from + (len(n.now)-from)/2
	first := append(bytes.Clone(n.now[:middle]), n.safe[min(middle, len(n.safe)):]...)
	second := append(bytes.Clone(n.now[:from]), make([]byte, middle-from)...)
	second = append(second, n.now[middle:]...)
	zeros := append(bytes.Clone(n.now[:from]), make([]byte, len(n.now)-from)...)
	return [][]byte{n.safe, n.now, first, second, zeros, n.now[:max(len(n.now)-1, 0)]}
}

func (d *Disk) wake(names map[string]*inode, contents map[*inode][]byte) *Disk {
	woken := NewDisk()
	woken.folders = maps.Clone(d.folders)
	woken.ever = maps.Clone(d.ever)
	for path, node := range names {
		content, torn := contents[node]
		if !torn {
			content = node.safe
		}
		fresh := &inode{now: content, safe: content}
		woken.now[path], woken.safe[path] = fresh, fresh
		woken.remember(content)
	}
	return woken
}
