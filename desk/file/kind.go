package file

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"luukku/fault"
)

// Kind is a media type that can be sent.
type Kind string

// The kinds.
const (
	JPEG Kind = "image/jpeg"
	PNG  Kind = "image/png"
	PDF  Kind = "application/pdf"
	Text Kind = "text/plain"
)

// FromCitizen and FromAdviser are what each may send: a picture or a PDF, and an adviser plain text too.
func FromCitizen() []Kind { return []Kind{JPEG, PNG, PDF} }

// FromAdviser are the kinds that an adviser may send.
func FromAdviser() []Kind { return []Kind{JPEG, PNG, PDF, Text} }

// extensions are the ends of names, the first of which a name gets.
var extensions = map[Kind][]string{JPEG: {".jpg", ".jpeg"}, PNG: {".png"}, PDF: {".pdf"}, Text: {".txt"}}

// Extensions are the ends of names of kinds, for who chooses a file: what is sent is known by its
// content alone.
func Extensions(kinds []Kind) []string {
	var all []string
	for _, k := range kinds {
		all = append(all, extensions[k]...)
	}
	return all
}

// magic are the first bytes of each kind but text, which has none.
var magic = map[Kind]string{JPEG: "\xff\xd8\xff", PNG: "\x89PNG\r\n\x1a\n", PDF: "%PDF-"}

// Of tells the kind of a file by its first bytes. fault.Invalid "file-kind" for one that is not among
// allowed.
func Of(src io.ReaderAt, allowed []Kind) (Kind, error) {
	head := make([]byte, 512)
	n, err := src.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	kind := Text
	for k, begins := range magic {
		if bytes.HasPrefix(head[:n], []byte(begins)) {
			kind = k
		}
	}
	if !slices.Contains(allowed, kind) || kind == Text && bytes.ContainsFunc(head[:n], notText) {
		return "", fault.New(fault.Invalid, "file-kind", "kinds", strings.ToUpper(strings.Join(names(allowed), ", "))).On("file")
	}
	return kind, nil
}

// names are kinds as people call them: the ends of names.
func names(kinds []Kind) []string {
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = strings.TrimPrefix(extensions[k][0], ".")
	}
	return out
}

// damaged is a file that is not what its first bytes say.
func damaged() error { return fault.New(fault.Invalid, "file-damaged").On("file") }

// unsafe is a file that could do something by itself, or whose content cannot be looked at.
func unsafe() error { return fault.New(fault.Invalid, "file-active").On("file") }

// short makes the end of a file where none should be a fault, and leaves other errors as they are.
func short(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged()
	}
	return err
}
