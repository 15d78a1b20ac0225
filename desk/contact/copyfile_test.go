package contact_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"luukku/core/rights"
	"luukku/core/vault"
	"luukku/desk/contact"
	"luukku/desk/desktest"
	"luukku/fault"
)

// read is a file of a copy in clear.
func read(t *testing.T, d rights.Download, err error) string {
	t.Helper()
	must(t, err)
	var b strings.Builder
	_, err = d.Content.WriteTo(&b)
	must(t, err)
	return b.String()
}

// filed is a request about a conversation of two files and a text, whose official has found what there is, and
// the numbers of the files in the draft.
func filed(t *testing.T, w *desktest.World) (of contact.Contact, id string, files []int64) {
	t.Helper()
	of, who := w.Taken(desktest.Guardianship)
	for range 2 {
		_, err := w.Contacts.PostFile(t.Context(), who, upload(pdf))
		must(t, err)
	}
	must(t, w.Contacts.Close(t.Context(), desktest.Aino, of.ID, "moving", "answered"))
	id = drafted(t, w, desktest.Guardianship, reference(t, w, of.ID))
	draft, err := w.Rights.Unit(t.Context(), desktest.Lea, id)
	must(t, err)
	for _, i := range draft.Items {
		if i.File != nil {
			files = append(files, i.N)
			if i.Decision != rights.Undecided || i.File.Name != "••••.pdf" || i.Text != "" {
				t.Errorf("the draft has %+v", i)
			}
		}
	}
	if len(files) != 2 {
		t.Fatalf("the draft has %d files", len(files))
	}
	return of, id, files
}

// an official looks at each file and decides whether it goes along; what does is opened by the
// link and code where it lies, and nothing else of the conversation's files is.
func TestFilesGoAlongWithACopyOneByOne(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		ctx := t.Context()
		of, id, files := filed(t, w)
		d, err := w.Rights.UnitFile(ctx, desktest.Lea, id, files[0])
		if got := read(t, d, err); got != pdf {
			t.Errorf("the official sees %q", got)
		}
		_, err = w.Rights.UnitFile(ctx, desktest.Bertil, id, files[0])
		desktest.Fails(t, err, fault.NotFound, "request-not-found")
		_, err = w.Rights.UnitFile(ctx, desktest.Lea, id, 99)
		desktest.Fails(t, err, fault.NotFound, "item-not-found")
		desktest.Fails(t, w.Rights.Decide(ctx, desktest.Lea, id, files[0], rights.Covered, "secret", []rights.Span{{From: 0, To: 3}}), fault.Invalid, "rights-file-whole")
		must(t, w.Rights.Decide(ctx, desktest.Lea, id, files[0], rights.Kept, "", nil))
		decidedRest(t, w, id, files[1])
		desktest.Fails(t, w.Rights.Finish(ctx, desktest.Lea, id), fault.Conflict, "items-undecided") // fail-closed
		must(t, w.Rights.Decide(ctx, desktest.Lea, id, files[1], rights.LeftOut, "third_person", nil))
		must(t, w.Rights.Finish(ctx, desktest.Lea, id))
		link, err := w.Rights.Deliver(ctx, desktest.Clerk, id)
		must(t, err)
		_, err = w.Rights.FetchFile(ctx, "dvv", link.Link, "WRONG", files[0])
		desktest.Fails(t, err, fault.Denied, "link-or-code")
		_, err = w.Rights.FetchFile(ctx, "mallila", link.Link, link.Code, files[0])
		desktest.Fails(t, err, fault.Denied, "link-or-code")
		for range 7 { // more often than the copy itself
			d, err = w.Rights.FetchFile(ctx, "dvv", link.Link, link.Code, files[0])
			if got := read(t, d, err); got != pdf {
				t.Errorf("the person gets %q", got)
			}
		}
		_, err = w.Rights.FetchFile(ctx, "dvv", link.Link, link.Code, files[1])
		desktest.Fails(t, err, fault.NotFound, "file-not-found")
		_, err = w.Rights.FetchFile(ctx, "dvv", link.Link, link.Code, 1)
		if fault.CodeOf(err) != fault.NotFound {
			t.Errorf("what is no file: %v", err)
		}
		document, err := w.Rights.Fetch(ctx, "dvv", link.Link, link.Code)
		must(t, err)
		goAlong(t, document, files[0])
		if got := strings.Join(w.Entries(of.ID), "; "); strings.Count(got, "open-file") < 8 {
			t.Errorf("the openings of the files left %s", got)
		}
		w.Clock.Advance(61 * time.Minute)
		_, err = w.Rights.FetchFile(ctx, "dvv", link.Link, link.Code, files[0])
		desktest.Fails(t, err, fault.Denied, "link-or-code")
	})
}

// decidedRest keeps everything that waits but one item.
func decidedRest(t *testing.T, w *desktest.World, id string, but int64) {
	t.Helper()
	d, err := w.Rights.Unit(t.Context(), desktest.Lea, id)
	must(t, err)
	for _, i := range d.Items {
		if i.Decision == rights.Undecided && i.N != but {
			must(t, w.Rights.Decide(t.Context(), desktest.Lea, id, i.N, rights.Kept, "", nil))
		}
	}
}

// goAlong wants one file in a copy, and nothing of where it lies. Topics are told by their names.
func goAlong(t *testing.T, d rights.Document, n int64) {
	t.Helper()
	text, err := json.Marshal(d)
	must(t, err)
	var named []int64
	topic := ""
	for _, i := range d.Contacts[0].Items {
		if i.File != nil {
			named = append(named, i.File.N)
			if i.File.Name != "••••.pdf" || i.File.Type != "application/pdf" || i.File.Size != int64(len(pdf)) {
				t.Errorf("the copy names %+v", i.File)
			}
		}
		if !slices.Contains([]string{"", "citizen", "adviser", "note"}, i.By) { // as the schema has it
			t.Errorf("%s was written by %q", i.Field, i.By)
		}
		if i.Field == "topic" {
			topic = i.Text
		}
	}
	if len(named) != 1 || named[0] != n || topic != "Muutto" || strings.Contains(string(text), "blob") || strings.Contains(string(text), "record") {
		t.Errorf("files %v, topic %q in %s", named, topic, text)
	}
}

// a file ends with the conversation that it lies in, whatever link there is; so does what names it.
func TestAFileOfACopyEndsWithItsSource(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		ctx := t.Context()
		of, id, files := filed(t, w)
		decidedRest(t, w, id, 0)
		must(t, w.Rights.Finish(ctx, desktest.Lea, id))
		link, err := w.Rights.Deliver(ctx, desktest.Clerk, id)
		must(t, err)
		d, err := w.Rights.FetchFile(ctx, "dvv", link.Link, link.Code, files[1])
		if read(t, d, err) != pdf {
			t.Error("control: the file does not open")
		}
		must(t, w.Vault.Erase(ctx, desktest.Clerk, []vault.RecordID{w.Load(of.ID).Record}, "pyyntö"))
		_, err = w.Rights.FetchFile(ctx, "dvv", link.Link, link.Code, files[1])
		if c := fault.CodeOf(err); c != fault.Gone && c != fault.NotFound || sealed(t, w) != 0 {
			t.Errorf("after its source was erased: %v, %d files lie there", err, sealed(t, w))
		}
	})
}

// Who decides on a page of an earlier draft never covers, or hands out, another text of the draft that followed.
func TestADecisionIsAboutTheDraftThatWasSeen(t *testing.T) {
	desktest.Worlds(t, func(t *testing.T, w *desktest.World) {
		_, code := conversation(t, w, desktest.Advice)
		id := drafted(t, w, desktest.Advice, code)
		seen, err := w.Rights.Unit(t.Context(), desktest.Lea, id)
		must(t, err)
		_, err = w.Rights.Find(t.Context(), desktest.Lea, id, "uudelleen")
		must(t, err)
		for _, i := range seen.Items {
			err := w.Rights.Decide(t.Context(), desktest.Lea, id, i.N, rights.Kept, "", nil)
			desktest.Fails(t, err, fault.NotFound, "item-not-found")
		}
		decided(t, w, id)
		must(t, w.Rights.Finish(t.Context(), desktest.Lea, id))
	})
}
