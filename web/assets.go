package web

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// assets are the built files of the front end, each compressed once, when it is first asked for.
type assets struct {
	mu    sync.Mutex
	small map[string][]byte // compressed, by name; nil for what compressing does not help
}

// least is how long a file is that compressing pays for.
const least = 1024

// packed is a file compressed, nil where that does not make it smaller or the client cannot read it.
func (a *assets) packed(r *http.Request, name string, body []byte) []byte {
	if len(body) < least || strings.HasSuffix(name, ".woff2") || !readsGzip(r) {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	out, done := a.small[name]
	if !done {
		out = compress(body)
		a.small[name] = out
	}
	return out
}

// readsGzip tells whether the client takes gzip (RFC 9110, section 12.5.3).
func readsGzip(r *http.Request) bool {
	for each := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		coding, weight, _ := strings.Cut(strings.TrimSpace(each), ";")
		if strings.EqualFold(coding, "gzip") || coding == "*" {
			weight = strings.ReplaceAll(weight, " ", "")
			return weight != "q=0" && !strings.HasPrefix(weight, "q=0.0")
		}
	}
	return false
}

func compress(body []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // the level is one that there is
	_, err := w.Write(body)
	if err != nil || w.Close() != nil || out.Len() >= len(body) {
		return nil // writing to memory does not fail
	}
	return out.Bytes()
}

// writeAsset answers with a file, compressed where the client reads that.
func (a *assets) writeAsset(w http.ResponseWriter, r *http.Request, name string, body []byte) {
	w.Header().Add("Vary", "Accept-Encoding")
	if small := a.packed(r, name, body); small != nil {
		w.Header().Set("Content-Encoding", "gzip")
		body = small
	}
	writeFile(w, name, body)
}

// chunk is an entry of the manifest that the front end's build writes.
type chunk struct {
	File    string   `json:"file"`
	Imports []string `json:"imports"`
	CSS     []string `json:"css"`
}

// The chat's own part of the front end, and its texts in a language.
const (
	chatEntry = "src/chat/ChatPage.tsx"
	pageEntry = "index.html"
)

func chatTexts(lang string) string { return "text:" + lang + "/shared+chat" }

// front is what a chat's page fetches when it is there and live: the whole front end.
type front struct {
	Script  string   `json:"script"`
	Styles  []string `json:"styles"`
	Modules []string `json:"modules"` // which the script asks for only when it runs
}

// fronts tell for each language what a chat needs of the front end, from the manifest of its build. None
// where it is not built.
func fronts(files fs.FS) map[string]front {
	text, err := fs.ReadFile(files, ".vite/manifest.json")
	var all map[string]chunk
	if err != nil || json.Unmarshal(text, &all) != nil {
		return nil
	}
	out := map[string]front{}
	for _, lang := range []string{"fi", "sv", "en"} {
		f := front{Script: "/app/" + all[pageEntry].File, Styles: []string{}, Modules: []string{}}
		seen := []string{}
		for _, entry := range []string{pageEntry, chatEntry, chatTexts(lang)} {
			f.add(all, entry, &seen)
		}
		out[lang] = f
	}
	return out
}

// add takes in the files of an entry with everything that it imports, each once.
func (f *front) add(all map[string]chunk, key string, seen *[]string) {
	one, ok := all[key]
	if !ok || slices.Contains(*seen, key) {
		return
	}
	*seen = append(*seen, key)
	if key != pageEntry {
		f.Modules = append(f.Modules, "/app/"+one.File)
	}
	for _, css := range one.CSS {
		f.Styles = append(f.Styles, "/app/"+css)
	}
	for _, next := range one.Imports {
		f.add(all, next, seen)
	}
}
