// Package app holds the built front end. A clone that has not built it yet has a page in its place
// that says how, so that the program compiles without Node.
package app

import (
	"embed"
	"errors"
	"io/fs"
)

// dist is what the front end's build makes; .keep is in it before the first build.
//
//go:embed all:dist
var dist embed.FS

//go:embed placeholder.html
var placeholder []byte

// Files returns the built front end, rooted at its index.html.
func Files() (fs.FS, error) { return fs.Sub(dist, "dist") }

// Index returns the page in which the front end runs, or the one in its place.
func Index() ([]byte, error) {
	page, err := dist.ReadFile("dist/index.html")
	if errors.Is(err, fs.ErrNotExist) {
		return placeholder, nil
	}
	return page, err
}
