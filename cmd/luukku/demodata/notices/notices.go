// Package notices holds the notices of the demo's second authority, the municipality of Mallila,
// which does not exist. They declare the same registers as the bundled ones, with other fields and
// other times, so that anyone can see one program obey two controllers.
package notices

import (
	"embed"

	"luukku/core/notice"
	bundled "luukku/notices"
)

//go:embed *.yaml
var files embed.FS

// Bundled returns the municipality's notices, checked, in the order of their file names.
func Bundled() ([]*notice.Notice, error) {
	return bundled.ReadFS(files, "cmd/luukku/demodata/notices")
}
