package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"luukku/core/access"
	"luukku/web/api"
)

// pictureOf is a PNG of a few kilobytes and a text chunk that names somebody.
func pictureOf(t testing.TB) []byte {
	t.Helper()
	p := image.NewNRGBA(image.Rect(0, 0, 60, 40))
	for i := range p.Pix {
		p.Pix[i] = uint8(i*7 + i/13)
	}
	p.Set(0, 0, color.White)
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const smallPDF = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF"

// form is a file with what goes before it.
func form(about any, name string, content []byte) (kind, body string) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, _ := w.CreateFormField("about")
	_ = json.NewEncoder(part).Encode(about)
	file, _ := w.CreateFormFile("file", name)
	_, _ = file.Write(content)
	_ = w.Close()
	return w.FormDataContentType(), b.String()
}

func aboutFile(text string) api.FileAbout {
	return api.FileAbout{ClientID: clientID(), Lang: "fi", Text: text}
}

// sendFile posts a file.
func (b *browser) sendFile(path string, about api.FileAbout, name string, content []byte) reply {
	b.h.t.Helper()
	kind, body := form(about, name, content)
	return b.ask(http.MethodPost, path, body, "Content-Type", kind)
}

func keyOf(r reply) string {
	var p api.Problem
	_ = json.Unmarshal([]byte(r.body), &p)
	return fmt.Sprintf("%d %s", r.status, p.Key)
}

// A citizen sends a picture, the adviser fetches it and sends a PDF back; both see what the other sent
// as a message, and nobody else gets anything.
func TestFilesGoBothWaysAndToNobodyElse(t *testing.T) {
	h := newHouse(t)
	desk := h.signedIn("dvv", "aino", access.RoleAdviser)
	other := h.signedIn("dvv", "bertil", access.RoleAdviser)
	clerk, official := h.signedIn("dvv", "kaarlo", access.RoleRegistryClerk), h.signedIn("dvv", "lea", access.RoleLead)
	foreign := h.signedIn("mallila", "maija", access.RoleAdviser)
	citizen, started := h.citizen("dvv", guardianship)
	stranger, _ := h.citizen("dvv", guardianship)
	at, deskAt := "/api/chat/contacts/"+started.Contact, "/api/desk/contacts/"+started.Contact
	desk.ok(http.MethodPost, deskAt+"/take", nil, nil)

	picture, about := pictureOf(t), aboutFile("Katso tätä")
	var posted, again api.Posted
	r := citizen.sendFile(at+"/files", about, `C:\Kuvat\päätös "1".jpeg`, picture)
	h.must(json.Unmarshal([]byte(r.body), &posted))
	h.must(json.Unmarshal([]byte(citizen.sendFile(at+"/files", about, "x.png", picture).body), &again))
	if r.status != http.StatusOK || posted.N == 0 || again != posted {
		t.Fatalf("%d %s, again %+v", r.status, r.body, again)
	}
	var view api.ContactView
	desk.ok(http.MethodGet, deskAt, nil, &view)
	m := view.Messages[len(view.Messages)-1]
	if m.Text != "Katso tätä" || m.File == nil || *m.File != (api.FileOfMessage{Name: "päätös _1_.jpeg.png", Type: "image/png", Size: int64(len(picture))}) {
		t.Fatalf("%+v %+v", m, m.File)
	}
	if view.Files == nil || view.Files.Most != 2_000_000 || len(view.Files.Accept) != 5 {
		t.Errorf("%+v", view.Files)
	}
	file := fmt.Sprintf("%s/messages/%d/file", deskAt, m.N)
	r = desk.ask(http.MethodGet, file, nil)
	if r.status != http.StatusOK || r.body != string(picture) {
		t.Fatalf("%d, %d bytes", r.status, len(r.body))
	}
	for name, want := range map[string]string{"Content-Type": "image/png", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
		"Content-Security-Policy": "sandbox; default-src 'none'", "Cross-Origin-Resource-Policy": "same-origin",
		"Content-Disposition": "attachment; filename*=utf-8''p%C3%A4%C3%A4t%C3%B6s%20_1_.jpeg.png"} {
		if got := r.header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	own := fmt.Sprintf("%s/messages/%d/file", at, m.N)
	if r := citizen.ask(http.MethodGet, own, nil); r.status != http.StatusOK || r.body != string(picture) {
		t.Errorf("the citizen's own: %d", r.status)
	}
	missing := stranger.ask(http.MethodGet, "/api/chat/contacts/c_00000000000000000000000000/messages/2/file", nil)
	if r := stranger.ask(http.MethodGet, own, nil); r.status != http.StatusNotFound || r.body != missing.body {
		t.Errorf("a stranger: %d %s, for what does not exist %s", r.status, r.body, missing.body)
	}
	if r := other.ask(http.MethodGet, file, nil); r.status != http.StatusForbidden {
		t.Errorf("another adviser: %d", r.status)
	}
	if r := foreign.ask(http.MethodGet, file, nil); r.status != http.StatusNotFound {
		t.Errorf("another authority's: %d", r.status)
	}
	if got := keyOf(desk.ask(http.MethodGet, deskAt+"/messages/1/file", nil)); got != "404 file-not-found" {
		t.Error("a message without one:", got)
	}
	for _, n := range []string{"0", "-1", "x", "99999999999999999999", "1000"} {
		if got := keyOf(citizen.ask(http.MethodGet, at+"/messages/"+n+"/file", nil)); got != "404 file-not-found" {
			t.Error(n, got)
		}
	}
	if got := keyOf(clerk.ask(http.MethodPost, file, api.ReadFor{Purpose: "rights_fulfilment", Reason: "pyyntö"})); got != "403 role-missing" {
		t.Error("the registry, which does not see what it hands over:", got)
	}
	if r := official.ask(http.MethodPost, file, api.ReadFor{Purpose: "rights_fulfilment", Reason: "pyyntö"}); r.status != http.StatusOK || r.body != string(picture) {
		t.Errorf("for a purpose: %d %s", r.status, r.body)
	}
	if got := keyOf(official.ask(http.MethodPost, file, api.ReadFor{Purpose: "answer", Reason: "pyyntö"})); got != "403 not-allowed" {
		t.Error("for another purpose:", got)
	}

	r = desk.sendFile(deskAt+"/files", aboutFile(""), "ohje.pdf", []byte(smallPDF))
	h.must(json.Unmarshal([]byte(r.body), &posted))
	var run api.Messages
	citizen.ok(http.MethodGet, at+"/messages", nil, &run)
	last := run.Messages[len(run.Messages)-1]
	if last.From != "adviser" || last.Text != "" || last.File == nil || last.File.Name != "ohje.pdf" || last.N != posted.N {
		t.Errorf("%+v", last)
	}
	if r := citizen.ask(http.MethodGet, fmt.Sprintf("%s/messages/%d/file", at, last.N), nil); r.body != smallPDF {
		t.Errorf("%d %q", r.status, r.body)
	}
	if log := h.log.String(); strings.Contains(log, "ohje") || strings.Contains(log, "Kuvat") {
		t.Error("a name is in the log")
	}
}

// What may not be sent is refused with a word for it, and nothing of it stays.
func TestFilesThatAreRefusedLeaveNothing(t *testing.T) {
	h := newHouse(t)
	citizen, started := h.citizen("dvv", guardianship)
	undeclared, second := h.citizen("dvv", advice)
	at := "/api/chat/contacts/" + started.Contact + "/files"
	big := bytes.Repeat([]byte("x"), 1_000_001)
	copy(big, "%PDF-1.7")
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"empty":            {nil, "422 file-empty"},
		"too large":        {big, "422 file-too-large"},
		"far too large":    {bytes.Repeat(big, 3), "422 file-too-large"},
		"a program":        {[]byte("MZ\x90\x00"), "422 file-kind"},
		"text":             {[]byte("Hei"), "422 file-kind"},
		"a web page":       {[]byte("<html><script>alert(1)</script>"), "422 file-kind"},
		"a broken picture": {pictureOf(t)[:len(pictureOf(t))-20], "422 file-damaged"},
		"a PDF that acts":  {[]byte(strings.Replace(smallPDF, "/Catalog", "/Catalog /OpenAction << /S /JavaScript >>", 1)), "422 file-active"},
	} {
		if got := keyOf(citizen.sendFile(at, aboutFile("Hei"), "kuva.png", c.content)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	if got := keyOf(undeclared.sendFile("/api/chat/contacts/"+second.Contact+"/files", aboutFile(""), "kuva.png", pictureOf(t))); got != "422 files-not-declared" {
		t.Error("undeclared:", got)
	}
	var services api.Services
	citizen.ok(http.MethodGet, "/api/chat/services", nil, &services)
	for _, s := range services.Services {
		if (s.Files != nil) != (s.ID == guardianship) {
			t.Errorf("%s offers %+v", s.ID, s.Files)
		}
	}
	for name, send := range map[string]func() reply{
		"JSON":        func() reply { return citizen.ask(http.MethodPost, at, api.FileAbout{}) },
		"no boundary": func() reply { return citizen.ask(http.MethodPost, at, "x", "Content-Type", "multipart/form-data") },
		"no form": func() reply {
			return citizen.ask(http.MethodPost, at, "x", "Content-Type", "multipart/form-data; boundary=a")
		},
		"about no file": func() reply {
			kind, body := form(aboutFile(""), "x", nil)
			return citizen.ask(http.MethodPost, at, body[:strings.LastIndex(body, "--"+kind[len("multipart/form-data; boundary="):]+"\r\nContent-Disposition: form-data; name=\"file\"")]+"--", "Content-Type", kind)
		},
		"about nothing": func() reply {
			kind, body := form("x", "x", nil)
			return citizen.ask(http.MethodPost, at, body, "Content-Type", kind)
		},
		"a client id": func() reply { return citizen.sendFile(at, api.FileAbout{Lang: "fi"}, "x.png", pictureOf(t)) },
		"a language": func() reply {
			return citizen.sendFile(at, api.FileAbout{Lang: "de", ClientID: clientID()}, "x.png", pictureOf(t))
		},
		"too long a text": func() reply { return citizen.sendFile(at, aboutFile(strings.Repeat("a", 4001)), "x.png", pictureOf(t)) },
	} {
		if r := send(); r.status < 400 || r.status >= 500 {
			t.Errorf("%s: %d %s", name, r.status, r.body)
		}
	}
	h.noBlobs()
}

// noBlobs wants no sealed file anywhere.
func (h *house) noBlobs() {
	h.t.Helper()
	left, err := filepath.Glob(filepath.Join(h.blobs, "*", "*"))
	if err != nil || len(left) > 0 {
		h.t.Errorf("left: %v %v", left, err)
	}
}

// A conversation takes so many files and no more; one that has ended takes none.
func TestAConversationHasRoomForSoManyFiles(t *testing.T) {
	h := newHouse(t)
	citizen, started := h.citizen("dvv", guardianship)
	at := "/api/chat/contacts/" + started.Contact
	for range 4 {
		if r := citizen.sendFile(at+"/files", aboutFile(""), "x.pdf", []byte(smallPDF)); r.status != http.StatusOK {
			t.Fatal(r.body)
		}
	}
	if got := keyOf(citizen.sendFile(at+"/files", aboutFile(""), "x.pdf", []byte(smallPDF))); got != "409 files-full" {
		t.Error(got)
	}
	citizen.ok(http.MethodPost, at+"/end", nil, nil)
	if got := keyOf(citizen.sendFile(at+"/files", aboutFile(""), "x.pdf", []byte(smallPDF))); got != "409 contact-closed" {
		t.Error(got)
	}
}

// Whoever sends many files slowly keeps nobody else from sending.
func TestOneAddressSendsOnlySoManyFilesAtOnce(t *testing.T) {
	h := newHouse(t, func(o *Options) { o.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
	citizen, started := h.citizen("dvv", guardianship)
	path := "/api/chat/contacts/" + started.Contact + "/files"
	busy := func(address string) bool { // asked with what takes a place and is refused at once, so that it fills nothing
		return keyOf(citizen.ask(http.MethodPost, path, "x", "Content-Type", "text/plain", "X-Forwarded-For", address)) == "503 files-busy"
	}
	kind, body := form(aboutFile(""), "x.pdf", make([]byte, 100_000))
	begin := func() net.Conn { // a file of which the beginning comes, and nothing more
		conn, err := net.Dial("tcp", strings.TrimPrefix(h.site.URL, "http://"))
		h.must(err)
		fmt.Fprintf(conn, "POST /dvv%s HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.1\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s",
			path, citizen.token, kind, len(body), body[:1000])
		return conn
	}
	var slow []net.Conn
	for until := time.Now().Add(time.Minute); !busy("192.0.2.1"); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal("one address sends as many files at once as it likes")
		}
		if len(slow) < h.server.Files.AtOnce/2 { // twice as many as it may
			slow = append(slow, begin())
		}
	}
	if busy("192.0.2.2") {
		t.Error("another address finds no place")
	}
	for _, conn := range slow {
		h.must(conn.Close())
	}
	for until := time.Now().Add(time.Minute); busy("192.0.2.1"); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatal("places are not given back")
		}
	}
}

// A sender whose line breaks in the middle leaves nothing, and neither does one who goes silent.
func TestAHalfSentFileLeavesNothing(t *testing.T) {
	h := newHouse(t)
	citizen, started := h.citizen("dvv", guardianship)
	content := append([]byte("%PDF-1.7\n"), make([]byte, 500_000)...)
	for i := range content[9:] {
		content[9+i] = byte(rand.IntN(256))
	}
	kind, body := form(aboutFile(""), "x.pdf", content)
	conn, err := net.Dial("tcp", strings.TrimPrefix(h.site.URL, "http://"))
	h.must(err)
	fmt.Fprintf(conn, "POST /dvv/api/chat/contacts/%s/files HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n",
		started.Contact, citizen.token, kind, len(body))
	_, err = io.WriteString(conn, body[:300_000])
	h.must(err)
	seen := time.Now().Add(time.Minute)
	for {
		if left, _ := filepath.Glob(filepath.Join(h.blobs, "*", "*")); len(left) == 1 {
			sealed, err := os.ReadFile(left[0])
			h.must(err)
			if len(sealed) >= 65565 {
				if bytes.Contains(sealed, content[100:164]) {
					t.Error("it lies in clear while it arrives")
				}
				break
			}
		}
		if time.Now().After(seen) {
			t.Fatal("nothing is sealed while it arrives")
		}
		time.Sleep(10 * time.Millisecond)
	}
	conn.Close()
	for gone := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if left, _ := filepath.Glob(filepath.Join(h.blobs, "*", "*")); len(left) == 0 {
			break
		}
		if time.Now().After(gone) {
			t.Fatal("half a file stays")
		}
	}
	var run api.Messages
	citizen.ok(http.MethodGet, "/api/chat/contacts/"+started.Contact+"/messages", nil, &run)
	if run.Last != 1 {
		t.Errorf("a message was made of it: %+v", run)
	}
}
