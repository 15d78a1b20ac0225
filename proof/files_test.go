package proof

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/core/notice"
	"luukku/core/vault"
	"luukku/web/api"
)

// document is a PDF that says something at its end, behind so many bytes that nobody compresses.
func document(says string, size int) []byte {
	filling := make([]byte, size)
	for i := range filling {
		filling[i] = byte(rand.IntN(128)) | 0x80
	}
	return fmt.Appendf(nil, "%%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%% %s\n%% %s\ntrailer << /Root 1 0 R >>\n%%%%EOF", filling, says)
}

// filed is a citizen of the municipality, whose notice declares files, with an adviser.
func (h *house) filed() *person {
	h.t.Helper()
	c := h.citizen("mallila", api.StartContact{Service: "citizens-advice"})
	h.staff("mallila", notice.RoleAdviser).take(c.contact)
	return c
}

// sendFile posts a form as p, who is a citizen when it has a token.
func (p *person) sendFile(ctx context.Context, f form) (posted api.Posted, err error) {
	return posted, p.postForm(ctx, "/api/chat/contacts/"+p.contact+"/files", f, &posted)
}

func (p *person) postForm(ctx context.Context, path string, f form, out any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://localhost/"+p.authority+path, strings.NewReader(f.text))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", f.kind)
	if p.Token != "" {
		request.Header.Set("Authorization", "Bearer "+p.Token)
	}
	text, err := p.roundTrip(request)
	if err == nil {
		err = json.Unmarshal(text, out)
	}
	return err
}

func (p *person) roundTrip(request *http.Request) ([]byte, error) {
	answer, err := p.HTTP.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%d %s", answer.StatusCode, text)
	}
	return text, err
}

// fetch is the file of a citizen's message n.
func (p *person) fetch(n int64) ([]byte, error) {
	path := fmt.Sprintf("http://localhost/%s/api/chat/contacts/%s/messages/%d/file", p.authority, p.contact, n)
	request, err := http.NewRequest(http.MethodGet, path, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+p.Token)
	return p.roundTrip(request)
}

// blobs are the sealed files of an authority.
func (h *house) blobs(authority string) []string {
	h.t.Helper()
	files, err := filepath.Glob(filepath.Join(h.data(), "blobs", authority, "*"))
	if err != nil {
		h.t.Fatal(err)
	}
	return files
}

// Promise 1 for files: what was acknowledged is whole after kill -9 in the middle of sending, and what was
// not leaves nothing behind. // S3-16
func TestAKillLosesNoFileThatWasAcknowledged(t *testing.T) {
	engines(t, func(t *testing.T, engine string) {
		h := newHouse(t, engine)
		h.start()
		type sent struct {
			by      *person
			n       int64
			content []byte
		}
		var mu sync.Mutex
		var all []sent
		for round := range 3 {
			var writers sync.WaitGroup
			ctx, cancel := context.WithCancel(t.Context())
			for range 3 {
				c := h.filed()
				writers.Go(func() {
					for range 20 { // as many as a conversation takes
						content := document("x", 300_000+rand.IntN(300_000))
						posted, err := c.sendFile(ctx, formOf(t, about(""), "asiakirja.pdf", content))
						if err != nil {
							return
						}
						mu.Lock()
						all = append(all, sent{c, posted.N, content})
						mu.Unlock()
					}
				})
			}
			goal := 3*round + 3
			if err := h.await(2*time.Minute, func() bool { mu.Lock(); defer mu.Unlock(); return len(all) >= goal }); err != nil {
				t.Errorf("round %d: %v", round, err)
			}
			time.Sleep(time.Duration(rand.IntN(300)) * time.Millisecond)
			h.kill()
			cancel()
			writers.Wait()
			h.start()
			for i, s := range all {
				if got, err := s.by.fetch(s.n); err != nil || !bytes.Equal(got, s.content) {
					t.Fatalf("round %d, file %d of %d: %d bytes of %d, %v", round, i, len(all), len(got), len(s.content), err)
				}
			}
		}
		if len(all) < 6 {
			t.Fatalf("only %d files were acknowledged", len(all))
		}
		// One more than acknowledged can be stored for each sender whose answer the kill cut off.
		if n := len(h.blobs("mallila")); n < len(all) || n > len(all)+9 {
			t.Errorf("%d files lie there for %d acknowledged", n, len(all))
		}
		if out, err := h.luukku("verify"); err != nil || strings.Contains(out, "blob") {
			t.Errorf("verify: %v\n%s", err, out)
		}
		if err := os.Truncate(h.blobs("mallila")[0], 70_000); err != nil { // control: a damaged file is seen
			t.Fatal(err)
		}
		damaged := 0
		for _, s := range all {
			if got, err := s.by.fetch(s.n); err != nil || !bytes.Equal(got, s.content) {
				damaged++
			}
		}
		if damaged > 1 || damaged == 0 && len(h.blobs("mallila")) == len(all) {
			t.Errorf("%d files are damaged after one was cut", damaged)
		}
	})
}

// files send through everything that takes a file: kept, refused, and broken off half-way.
func (d *day) files() {
	d.t.Helper()
	h, ctx := d.house, d.t.Context()
	c := h.filed()
	a := h.staff("mallila", notice.RoleAdviser)
	send := func(name string, content []byte) error {
		_, err := c.sendFile(ctx, formOf(d.t, api.FileAbout{ClientID: d.plain("client id of " + name), Lang: "fi", Text: d.mark("text with " + name)},
			d.mark("name of "+name)+".bin", content))
		return err
	}
	shot := picture(d.t, 3)
	author := d.plain("author in a picture")
	for name, content := range map[string][]byte{
		"a document": document(d.plain("end of a document"), 150_000),
		"a picture":  append(append(bytes.Clone(shot[:33]), textChunk(author)...), shot[33:]...),
	} {
		if err := send(name, content); err != nil {
			d.t.Error(name, err)
		}
	}
	for name, content := range map[string][]byte{
		"a program":              append([]byte("MZ\x90\x00"), d.plain("words of a program")...),
		"a document that acts":   document(d.plain("end of a refused document")+" /JavaScript", 100_000),
		"a file that is too big": document(d.plain("end of a file that is too big"), 10_100_000),
	} {
		if err := send(name, content); err == nil {
			d.t.Error(name, "was taken")
		}
	}
	var posted api.Posted
	text := formOf(d.t, about(""), d.plain("name of a text")+".txt", []byte(d.mark("words of a text")))
	if err := a.postForm(ctx, "/api/desk/contacts/"+c.contact+"/files", text, &posted); err != nil {
		d.t.Error(err)
	}
	if got, err := c.fetch(posted.N); err != nil || !strings.Contains(string(got), d.markers["words of a text"]) {
		d.t.Errorf("control: %q %v", got, err)
	}
	d.breaksOff(c)
	copied := h.filedDraft(document(d.plain("end of a document that is copied"), 120_000))
	made := copied.delivered()
	d.markers["link of a copy with a file"], d.markers["code of a copy with a file"] = strings.TrimPrefix(made.Path, "/copy/"), made.Code
	if got, err := h.visitor("mallila").fetchCopy(made, fmt.Sprintf("/files/%d", copied.n)); err != nil || !strings.Contains(string(got), d.markers["end of a document that is copied"]) {
		d.t.Errorf("control: the file of a copy: %d bytes, %v", len(got), err)
	}
}

// breaksOff sends half of a file and goes away.
func (d *day) breaksOff(c *person) {
	d.t.Helper()
	whole := formOf(d.t, about(""), "puolikas.pdf", append(document("x", 100_000), bytes.Repeat([]byte(d.plain("words of half a file")+" "), 20_000)...))
	out, in := io.Pipe()
	go func() {
		_, _ = io.WriteString(in, whole.text[:400_000])
		in.CloseWithError(errors.New("gone"))
	}()
	request, err := http.NewRequestWithContext(d.t.Context(), http.MethodPost, "http://localhost/mallila/api/chat/contacts/"+c.contact+"/files", out)
	if err != nil {
		d.t.Fatal(err)
	}
	request.Header.Set("Content-Type", whole.kind)
	request.Header.Set("Authorization", "Bearer "+c.Token)
	if _, err := c.roundTrip(request); err == nil {
		d.t.Error("half a file was taken")
	}
}

// textChunk is a PNG's text that names somebody.
func textChunk(author string) []byte {
	body := "tEXtAuthor\x00" + author
	sum := crc32.ChecksumIEEE([]byte(body))
	n := len(body) - 4
	return fmt.Appendf(nil, "%s%s%s", []byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}, body, []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
}

// Promise 3 for files: what was erased does not come back with a backup, and what has expired does not open
// and is gone from the folder, while a copy of the sealed file that somebody kept is of no use. // X-18, X-19
func TestNoFileOpensAfterItsTime(t *testing.T) {
	engines(t, func(t *testing.T, engine string) {
		h := newHouse(t, engine)
		h.start()
		kept, erased := h.filed(), h.filed()
		n := map[*person]int64{}
		for _, c := range []*person{kept, erased} {
			posted, err := c.sendFile(t.Context(), formOf(t, about(""), "asiakirja.pdf", document("salaisuus", 200_000)))
			if err != nil {
				t.Fatal(err)
			}
			n[c] = posted.N
		}
		backup := filepath.Join(h.folder, "backup")
		h.must("backup", backup)
		if copied, _ := filepath.Glob(filepath.Join(backup, "blobs", "mallila", "*")); len(copied) != 2 {
			t.Fatalf("the backup has the files %v", copied)
		}
		h.stop()
		h.eraseAt("mallila", erased.contact)
		if left := h.blobs("mallila"); len(left) != 1 {
			t.Fatalf("after the erasure there are %v", left)
		}
		r := h.besideKeys()
		r.must("restore", "--accept-audit-gap", backup)
		r.start()
		if left := r.blobs("mallila"); len(left) != 1 {
			t.Errorf("the erased file came back with the backup: %v", left)
		}
		r.kill()

		h.start()
		if _, err := kept.fetch(n[kept]); err != nil {
			t.Fatal("control: the other one does not open:", err)
		}
		h.staff("mallila", notice.RoleAdviser).close(kept.contact)
		sealed, err := os.ReadFile(h.blobs("mallila")[0])
		if err != nil {
			t.Fatal(err)
		}
		h.must("demo", "advance", "P1Y1D")
		if err := h.await(time.Minute, func() bool { return len(h.blobs("mallila")) == 0 }); err != nil {
			t.Errorf("after its time there are %v: %v", h.blobs("mallila"), err)
		}
		if _, err := kept.fetch(n[kept]); err == nil {
			t.Error("it opens after its time")
		}
		if bytes.Contains(sealed, []byte("salaisuus")) {
			t.Error("the copy of the sealed file can be read")
		}
	})
}

// eraseAt erases a contact as the registry of an authority decides it, in a program of this process.
func (h *house) eraseAt(authority, contact string) {
	h.t.Helper()
	id := h.scan(fmt.Sprintf("select id from vault_record where typ = 'contact' and thing = '%s'", contact))
	p := h.opened()
	by := access.Caller{Authority: authority, Kind: access.Program, ID: "console"}
	if err := errors.Join(p.Vault.Erase(h.t.Context(), by, []vault.RecordID{vault.RecordID(id)}, "henkilön pyyntö"), p.Close()); err != nil {
		h.t.Error(err)
	}
}
