package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

func TestFilesAreCompressedForWhoReadsThat(t *testing.T) {
	long := []byte(strings.Repeat("sama teksti ", 500))
	a := &assets{small: map[string][]byte{}}
	for _, c := range []struct {
		name, accept string
		body         []byte
		packed       bool
	}{
		{"a.js", "gzip, deflate, br", long, true},
		{"a.js", "br;q=1.0, GZIP;q=0.5", long, true},
		{"a.js", "*", long, true},
		{"a.js", "", long, false},
		{"a.js", "gzip;q=0", long, false},
		{"a.js", "gzip; q=0.000", long, false},
		{"a.js", "br, xgzip", long, false},
		{"b.js", "gzip", []byte("short"), false},
		{"c.woff2", "gzip", long, false},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", c.accept)
		w := httptest.NewRecorder()
		a.writeAsset(w, r, c.name, c.body)
		body := w.Body.Bytes()
		if got := w.Header().Get("Content-Encoding") == "gzip"; got != c.packed || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s for %q: compressed %t, varies by %q", c.name, c.accept, got, w.Header().Get("Vary"))
		}
		if c.packed {
			body = unpacked(t, body)
		}
		if !bytes.Equal(body, c.body) {
			t.Errorf("%s for %q is another file", c.name, c.accept)
		}
	}
}

func unpacked(t *testing.T, body []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

const manifest = `{
	"index.html": {"file": "assets/index-1.js", "css": ["assets/index-7.css"]},
	"_line.js": {"file": "assets/line-2.js", "imports": ["index.html", "_deep.js"]},
	"_deep.js": {"file": "assets/deep-3.js"},
	"src/chat/ChatPage.tsx": {"file": "assets/ChatPage-4.js", "imports": ["index.html", "_line.js", "_deep.js"], "css": ["assets/ChatPage-5.css"]},
	"text:sv/shared+chat": {"file": "assets/sv-6.js"}
}`

// What a chat needs of the front end is told to its page, in its own language, each file once; one that was
// not built has nothing to tell.
func TestAChatsPageKnowsTheFilesOfTheFrontEnd(t *testing.T) {
	got := fronts(fstest.MapFS{".vite/manifest.json": {Data: []byte(manifest)}})["sv"]
	want := front{Script: "/app/assets/index-1.js", Styles: []string{"/app/assets/index-7.css", "/app/assets/ChatPage-5.css"},
		Modules: []string{"/app/assets/ChatPage-4.js", "/app/assets/line-2.js", "/app/assets/deep-3.js", "/app/assets/sv-6.js"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	if fronts(fstest.MapFS{}) != nil {
		t.Error("a front end that is not built has files")
	}
}
