package contact_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/desk/file"
	"luukku/fault"
)

const pdf = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF"

func upload(content string) contact.Upload {
	return contact.Upload{Draft: contact.Draft{ClientID: desktest.ClientID(), Lang: "fi"}, Name: "HETU.pdf", Content: strings.NewReader(content)}
}

// sealed are the files that lie in a world's folder.
func sealed(t *testing.T, w *desktest.World) int {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(w.Blobs, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// meanwhile is a file in whose middle something happens.
type meanwhile struct {
	rest io.Reader
	do   func()
}

func (m *meanwhile) Read(b []byte) (int, error) {
	if m.do != nil {
		m.do()
		m.do = nil
	}
	return m.rest.Read(b)
}

// A file belongs to the message that names it: what happens to the contact while it arrives decides.
func TestAFileIsKeptWithItsMessageOrNotAtAll(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		ctx := t.Context()
		of, who := w.Taken(desktest.Guardianship)
		ack, err := w.Contacts.PostFile(ctx, who, upload(pdf))
		if err != nil || ack.N == 0 || sealed(t, w) != 1 {
			t.Fatal(ack, err, sealed(t, w))
		}
		_, err = w.Contacts.ReplyFile(ctx, desktest.Bertil, of.ID, upload(pdf))
		desktest.Fails(t, err, fault.Denied, "contact-not-yours")
		_, err = w.Contacts.PostFile(ctx, contact.Claim("dvv", of.ID, "forged"), upload(pdf))
		desktest.Fails(t, err, fault.NotFound, "contact-not-found")
		_, err = w.Contacts.PostFile(ctx, contact.Claim("mallila", of.ID, "forged"), upload(pdf))
		desktest.Fails(t, err, fault.NotFound, "contact-not-found")

		passed := upload("")
		passed.Content = &meanwhile{strings.NewReader(pdf), func() {
			if err := w.Contacts.Close(ctx, desktest.Aino, of.ID, "permit", "answered"); err != nil {
				t.Error(err)
			}
		}}
		_, err = w.Contacts.ReplyFile(ctx, desktest.Aino, of.ID, passed)
		desktest.Fails(t, err, fault.Conflict, "contact-closed")
		broken := upload("")
		broken.Content = io.MultiReader(strings.NewReader(pdf[:20]), &failing{})
		_, other := w.Taken(desktest.Guardianship)
		if _, err := w.Contacts.PostFile(ctx, other, broken); err == nil {
			t.Error("half a file was kept")
		}
		if n := sealed(t, w); n != 1 {
			t.Errorf("%d files lie there, want the one that was acknowledged", n)
		}
	})
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the line broke") }

// The scanner sees what would be kept; what it finds, or does not look at, is not.
func TestWhatTheScannerDoesNotPassIsNotKept(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		_, who := w.Taken(desktest.Guardianship)
		for _, verdict := range []error{fault.New(fault.Invalid, "file-infected"), fault.New(fault.Busy, "scanner-unavailable")} {
			w.Scanner = scans(func(src io.Reader) error {
				if text, err := io.ReadAll(src); err != nil || string(text) != pdf {
					t.Errorf("it sees %q %v", text, err)
				}
				return verdict
			})
			_, err := w.Contacts.PostFile(t.Context(), who, upload(pdf+"\nand what comes behind it"))
			desktest.Fails(t, err, fault.CodeOf(verdict), fault.Of(verdict).Key)
		}
		if n := sealed(t, w); n != 0 {
			t.Errorf("%d files are kept", n)
		}
		if _, err := os.Stat(w.Blobs); err != nil {
			t.Error("control: nothing was ever written", err)
		}
	})
}

type scans func(src io.Reader) error

func (s scans) Scan(_ context.Context, src io.Reader) error { return s(src) }

var _ file.Scanner = scans(nil)

// A conversation without the declared field takes no file, whoever sends it, and no more than its limit.
func TestFilesAreTakenOnlyWhereTheyAreDeclared(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := w.Taken(desktest.Advice)
		_, err := w.Contacts.PostFile(t.Context(), who, upload(pdf))
		desktest.Fails(t, err, fault.Invalid, "files-not-declared")
		_, err = w.Contacts.ReplyFile(t.Context(), desktest.Aino, of.ID, upload(pdf))
		desktest.Fails(t, err, fault.Invalid, "files-not-declared")
		_, who = w.Taken(desktest.Guardianship)
		for range 3 {
			if _, err := w.Contacts.PostFile(t.Context(), who, upload(pdf)); err != nil {
				t.Fatal(err)
			}
		}
		_, err = w.Contacts.PostFile(t.Context(), who, upload(pdf))
		desktest.Fails(t, err, fault.Conflict, "files-full")
	})
}

// together is content that begins to arrive when as much has been asked for elsewhere.
type together struct {
	io.Reader
	all *sync.WaitGroup
	met bool
}

func (r *together) Read(b []byte) (int, error) {
	if !r.met {
		r.met = true
		r.all.Done()
		r.all.Wait()
	}
	return r.Reader.Read(b)
}

// Files that are on their way at the same time do not pass the limit together.
func TestFilesAtOnceKeepToTheLimit(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		of, who := w.Taken(desktest.Guardianship)
		if _, err := w.Contacts.PostFile(t.Context(), who, upload(pdf)); err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		all.Add(4)
		answers := make(chan error, 4)
		for n := range 4 {
			u := upload(pdf)
			u.Content = &together{Reader: u.Content, all: &all}
			go func() {
				var err error
				if n == 0 {
					_, err = w.Contacts.ReplyFile(t.Context(), desktest.Aino, of.ID, u)
				} else {
					_, err = w.Contacts.PostFile(t.Context(), who, u)
				}
				answers <- err
			}()
		}
		stored := 0
		for range 4 {
			if err := <-answers; err == nil {
				stored++
			} else {
				desktest.Fails(t, err, fault.Conflict, "files-full")
			}
		}
		if stored != 2 {
			t.Errorf("%d more files were stored, want 2", stored)
		}
	})
}

// A copy of one's data finds a file by its field, and not by what somebody has written.
func TestACopyKnowsAFileByItsField(t *testing.T) {
	of := contact.Source().File
	if f, ok := of(contact.FileField, `{"id":"f_1","name":"kirje.pdf","type":"application/pdf","size":12}`); !ok || f.Blob != "f_1" || f.Name != "kirje.pdf" || f.Size != 12 {
		t.Error(f, ok)
	}
	for field, text := range map[string]string{"text": `{"id":"f_1"}`, contact.FileField: "no card"} {
		if f, ok := of(field, text); ok {
			t.Errorf("%s: %+v", field, f)
		}
	}
}
