package web

import (
	"context"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"

	"luukku/core/rights"
	"luukku/fault"
	"luukku/web/pages"
)

// copyFiles are the files that go along with a copy: each is fetched by itself, behind the copy's link and
// code, and seen before by the official who decides about it.
func (s *Server) copyFiles(r *register) {
	r.handle("copy-file-page", func(w http.ResponseWriter, r *http.Request) {
		s.fetchPage(w, visitOf(r.Context()), http.StatusOK, pages.CopyFetch{Link: r.PathValue("link"), File: r.PathValue("n")}, nil)
	})
	r.handle("copy-file", s.posted(s.fetchCopyFile))
	r.handle("unit-file", s.fetching(func(ctx context.Context, v *Visit, n int64, _ io.Reader) (download, error) {
		d, err := s.Rights.UnitFile(ctx, v.caller(), v.request.PathValue("request"), n)
		return downloadOf(d), err
	}))
}

func downloadOf(d rights.Download) download {
	return download{name: d.File.Name, kind: d.File.Type, size: d.File.Size, content: d.Content}
}

func (s *Server) fetchCopyFile(w http.ResponseWriter, r *http.Request, v *Visit) {
	at := pages.CopyFetch{Link: r.PathValue("link"), File: r.PathValue("n")}
	n, wrong := strconv.ParseInt(at.File, 10, 64)
	if wrong != nil || n < 1 {
		s.refuse(w, r, v, fault.New(fault.Invalid, "body-malformed"))
		return
	}
	d, err := s.Rights.FetchFile(r.Context(), v.Authority.ID, at.Link, r.PostForm.Get("code"), n)
	switch {
	case fault.Is(err, fault.Denied), fault.Is(err, fault.Gone):
		s.fetchPage(w, v, newProblem(err, v.lang()).Status, at, err)
	case err != nil:
		s.refuse(w, r, v, err)
	default:
		s.deliver(w, v, downloadOf(d))
	}
}

// filesPage lists the files of a copy that was just opened, each with a form that carries the code on, so
// that it is typed once. It is kept nowhere.
func (s *Server) filesPage(w http.ResponseWriter, v *Visit, link, code string, d rights.Document) {
	body := pages.CopyFiles{Link: link, Code: code}
	for _, c := range d.Contacts {
		for _, g := range c.Items {
			if g.File != nil {
				body.Files = append(body.Files, pages.CopyFile{N: g.File.N, Name: g.File.Name, About: v.aboutFile(g.File)})
			}
		}
	}
	formPage(w)
	s.pageOnce(w, v, http.StatusOK, "copy-files", v.text().Get("copy-files", nil), "/copy/"+link, "", body)
}

// aboutFile says of which kind and how large a file is: "PDF, 340 kt".
func (v *Visit) aboutFile(f *rights.Filed) string {
	kind := strings.ToUpper(strings.TrimPrefix(path.Ext(f.Name), "."))
	return kind + ", " + v.sizeIn(f.Size)
}

// sizeIn writes a size as people are told it: a thousand bytes are a kilobyte.
func (v *Visit) sizeIn(bytes int64) string {
	unit, amount := "size-kilobytes", strconv.FormatInt(max(1, (bytes+500)/1000), 10)
	if bytes >= 999_500 {
		unit, amount = "size-megabytes", strconv.FormatFloat(float64(bytes)/1_000_000, 'f', 1, 64)
	}
	if v.lang() != "en" {
		amount = strings.Replace(amount, ".", ",", 1)
	}
	return v.text().Get(unit, map[string]string{"n": amount})
}
