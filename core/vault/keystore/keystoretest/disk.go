package keystoretest

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"luukku/core/vault/keystore"
)

// ErrStopped is the answer of a Disk after its power was cut.
var ErrStopped = errors.New("the power was cut")

// Disk is a file system in memory that knows what is durable. Content is durable once its file was
// synced; what was created, renamed or removed once its folder was. After a cut, everything else
// may have happened wholly, partly or not at all: see Wakings.
type Disk struct {
	mu      sync.Mutex
	now     map[string]*inode // what the program sees
	safe    map[string]*inode // what certainly survives a cut
	waiting []change          // of folders, not durable yet
	folders map[string]bool
	locks   map[string]bool
	ops     int
	cut     int                         // the operation before which the power is cut; 0 never
	fail    func(op, path string) error // an error for one operation
	lie     string                      // an operation that does nothing and says it did
	spoil   string                      // files whose writes arrive with a wrong byte
	ever    map[[32]byte][]byte         // every content that any file ever had
}

// inode is a file, whatever its name.
type inode struct{ now, safe []byte }

// change is one entry of a folder: node nil removes it.
type change struct {
	path string
	node *inode
	with int // changes with one number, as of a rename, happen together
}

// NewDisk returns an empty disk.
func NewDisk() *Disk {
	return &Disk{now: map[string]*inode{}, safe: map[string]*inode{}, folders: map[string]bool{},
		locks: map[string]bool{}, ever: map[[32]byte][]byte{}}
}

// Ops returns how many operations that change something were done.
func (d *Disk) Ops() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ops
}

// CutBefore cuts the power before the n-th operation from now, counted from 0.
func (d *Disk) CutBefore(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cut = d.ops + n + 1
}

// FailWith asks f before each operation (create, write, sync, rename, remove, syncdir, read); what
// it returns is the operation's error, and the operation does not happen.
func (d *Disk) FailWith(f func(op, path string) error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fail = f
}

// LieAbout makes "sync" or "syncdir" do nothing and return nil: a control for tests of crashes,
// which must see the loss.
func (d *Disk) LieAbout(op string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lie = op
}

// Spoil changes a byte of every write to files whose names contain part; "" ends it.
func (d *Disk) Spoil(part string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.spoil = part
}

// step counts an operation and says whether it may happen.
func (d *Disk) step(op, path string) error {
	if d.cut > 0 && d.ops+1 >= d.cut {
		return ErrStopped
	}
	if d.fail != nil {
		if err := d.fail(op, path); err != nil {
			return err
		}
	}
	if op != "read" {
		d.ops++
	}
	return nil
}

func missing(path string) error { return &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist} }

// Folder implements keystore.FS. Folders are durable at once.
func (d *Disk) Folder(dir string, create bool) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("read", dir); err != nil {
		return err
	}
	if !d.folders[dir] && !create {
		return missing(dir)
	}
	d.folders[dir] = true
	return nil
}

// Create implements keystore.FS.
func (d *Disk) Create(path string) (keystore.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("create", path); err != nil {
		return nil, err
	}
	if d.now[path] != nil {
		return nil, &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	node := &inode{}
	d.now[path] = node
	d.waiting = append(d.waiting, change{path, node, d.ops})
	return &handle{disk: d, node: node, path: path}, nil
}

// Overwrite implements keystore.FS.
func (d *Disk) Overwrite(path string) (keystore.File, error) { return d.open(path, false) }

// Append implements keystore.FS.
func (d *Disk) Append(path string) (keystore.File, error) { return d.open(path, true) }

func (d *Disk) open(path string, atEnd bool) (keystore.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	node := d.now[path]
	if err := d.step("read", path); err != nil {
		return nil, err
	}
	if node == nil {
		return nil, missing(path)
	}
	h := &handle{disk: d, node: node, path: path}
	if atEnd {
		h.at = len(node.now)
	}
	return h, nil
}

// ReadFile implements keystore.FS.
func (d *Disk) ReadFile(path string) ([]byte, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("read", path); err != nil {
		return nil, err
	}
	if node := d.now[path]; node != nil {
		return bytes.Clone(node.now), nil
	}
	return nil, missing(path)
}

// ReadDir implements keystore.FS.
func (d *Disk) ReadDir(dir string) ([]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("read", dir); err != nil {
		return nil, err
	}
	var names []string
	for path := range d.now {
		if filepath.Dir(path) == dir {
			names = append(names, filepath.Base(path))
		}
	}
	slices.Sort(names)
	return names, nil
}

// Rename implements keystore.FS.
func (d *Disk) Rename(from, to string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("rename", to); err != nil {
		return err
	}
	node := d.now[from]
	if node == nil {
		return missing(from)
	}
	delete(d.now, from)
	d.now[to] = node
	d.waiting = append(d.waiting, change{to, node, d.ops}, change{from, nil, d.ops})
	return nil
}

// Remove implements keystore.FS.
func (d *Disk) Remove(path string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.now[path] == nil {
		return missing(path)
	}
	if err := d.step("remove", path); err != nil {
		return err
	}
	delete(d.now, path)
	d.waiting = append(d.waiting, change{path, nil, d.ops})
	return nil
}

// SyncDir implements keystore.FS.
func (d *Disk) SyncDir(dir string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.step("syncdir", dir); err != nil || d.lie == "syncdir" {
		return err
	}
	d.waiting = slices.DeleteFunc(d.waiting, func(c change) bool {
		if filepath.Dir(c.path) != dir {
			return false
		}
		c.apply(d.safe)
		return true
	})
	return nil
}

func (c change) apply(names map[string]*inode) {
	if c.node == nil {
		delete(names, c.path)
		return
	}
	names[c.path] = c.node
}

// Lock implements keystore.FS. The power cut gives locks back.
func (d *Disk) Lock(path string) (io.Closer, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.locks[path] {
		return nil, keystore.ErrInUse
	}
	d.locks[path] = true
	return unlock(func() { d.locks[path] = false }), nil
}

type unlock func()

func (u unlock) Close() error { u(); return nil }

func (d *Disk) remember(content []byte) { d.ever[sha256.Sum256(content)] = content }

// Ever returns every content that a file ever had, torn ones and those of earlier wakings as well:
// what somebody may have copied who had access to the disk all the time.
func (d *Disk) Ever() [][]byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Collect(maps.Values(d.ever))
}

// Files returns what the program sees under names that contain part.
func (d *Disk) Files(part string) map[string][]byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	files := map[string][]byte{}
	for path, node := range d.now {
		if strings.Contains(path, part) {
			files[path] = bytes.Clone(node.now)
		}
	}
	return files
}

// Put makes or changes a file behind the program's back, durably.
func (d *Disk) Put(path string, content []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	node := &inode{now: bytes.Clone(content), safe: bytes.Clone(content)}
	d.now[path], d.safe[path] = node, node
}

// Lose removes every file under a name that contains part, durably.
func (d *Disk) Lose(part string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	gone := func(path string, _ *inode) bool { return strings.Contains(path, part) }
	maps.DeleteFunc(d.now, gone)
	maps.DeleteFunc(d.safe, gone)
	maps.DeleteFunc(d.folders, func(dir string, _ bool) bool { return strings.Contains(dir, part) })
}
