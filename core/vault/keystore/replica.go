package keystore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
)

// replica is one key file in one store.
type replica struct {
	label
	from *Store
	file File     // open at its end; nil: the file must be written anew before it is of use
	box  *cabinet // of file
	gen  int64    // of the last write that file holds
	old  bool     // a KEK that no current file names may still live
}

func newReplica(s *Store, authority string, ring ringKind) *replica {
	return &replica{from: s, label: label{
		ring: ring, demo: s.Demo, instance: s.Instance, authority: authority, store: s.Name}}
}

func (r *replica) path() string {
	return filepath.Join(r.from.Dir, r.authority+"."+r.ring.String())
}

// fresh is the new file that stands beside the old one until it is whole.
func (r *replica) fresh() string { return r.path() + ".new" }

// load reads the file and opens it for appending. With errTorn the state is good, but the file
// must be written anew. ErrMissing and ErrCorrupt are certain; other errors say that the store
// cannot be reached.
func (r *replica) load(ctx context.Context) (state, error) {
	if err := r.from.connect(false); err != nil {
		return state{}, err
	}
	box, s, err := r.read(ctx, r.path())
	if err != nil {
		return s, err
	}
	file, err := r.from.FS.Append(r.path())
	if err != nil {
		return s, err
	}
	r.file, r.box, r.gen, r.old = file, box, s.gen, true
	return s, nil
}

func (r *replica) read(ctx context.Context, path string) (*cabinet, state, error) {
	content, err := r.from.FS.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, state{}, fmt.Errorf("%w: %s", ErrMissing, path)
	}
	if err != nil {
		return nil, state{}, err
	}
	return readFile(ctx, r.from.KEKs, r.label, content)
}

// rewrite writes the whole file anew under a new KEK. The order makes a crash harmless: the KEK is
// durable before anything is sealed under it; the new file is durable, and every key in it was
// opened again, before it takes the old one's place; the old KEK lives on until forget. After an
// error the file in place is the old or the new one, both with a living KEK; r stays usable if it
// is certainly the old one.
func (r *replica) rewrite(ctx context.Context, s state) error {
	if err := r.from.connect(true); err != nil {
		return err
	}
	ref, err := r.from.KEKs.Create(ctx, r.kekRing())
	r.old = true
	if err != nil {
		return err
	}
	if err := r.writeFresh(ctx, s, ref); err != nil {
		return err
	}
	box, err := r.prove(ctx, s)
	if err != nil {
		return err
	}
	return r.replace(box, s.gen)
}

func (r *replica) writeFresh(ctx context.Context, s state, ref string) error {
	box, header, err := newCabinet(ctx, r.from.KEKs, r.label, ref, r.from.Rand)
	if err != nil {
		return err
	}
	plain := s.whole()
	defer clear(plain)
	return writeNew(r.from.FS, r.fresh(), append(header, box.frame(plain)...))
}

// prove opens what was written and compares it, key by key.
func (r *replica) prove(ctx context.Context, s state) (*cabinet, error) {
	box, found, err := r.read(ctx, r.fresh())
	if err != nil {
		return nil, err
	}
	if found.gen != s.gen || !found.equal(s) {
		return nil, fmt.Errorf("%w: the new file does not say what was written", ErrCorrupt)
	}
	return box, nil
}

func (r *replica) replace(box *cabinet, gen int64) error {
	r.drop()
	if err := r.from.FS.Rename(r.fresh(), r.path()); err != nil {
		return err
	}
	if err := r.from.FS.SyncDir(r.from.Dir); err != nil {
		return err
	}
	file, err := r.from.FS.Append(r.path())
	if err != nil {
		return err
	}
	r.file, r.box, r.gen = file, box, gen
	return nil
}

// append adds one frame, durably. After an error the file must be written anew: what stands at
// its end is not known.
func (r *replica) append(gen int64, records []byte) error {
	_, err := r.file.Write(r.box.frame(records))
	if err == nil {
		err = r.file.Sync()
	}
	if err != nil {
		r.drop()
		return err
	}
	r.gen = gen
	return nil
}

// forget destroys the KEKs that the current file does not name, and what a crash left beside it.
func (r *replica) forget(ctx context.Context) error {
	if r.file == nil || !r.old {
		return nil
	}
	if err := r.from.KEKs.Keep(ctx, r.kekRing(), r.box.ref); err != nil {
		return err
	}
	if err := r.from.FS.Remove(r.fresh()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	r.old = false
	return nil
}

// drop closes the file; it is of no use until it was written anew.
func (r *replica) drop() {
	if r.file != nil {
		_ = r.file.Close() // what was acknowledged is synced already
	}
	r.file, r.box = nil, nil
}
