// Package app holds the built front end. A clone that has not built it yet has a page in its place
// that says how, so that the program compiles without Node.
package app

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files returns the built front end, rooted at its index.html.
func Files() (fs.FS, error) { return fs.Sub(dist, "dist") }
