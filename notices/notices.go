// Package notices holds the executable policy: one YAML file for each register that the Digital and
// Population Data Services Agency keeps with this program. What is not written here is not
// collected, and what is written here ends when it says.
package notices

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"luukku/core/notice"
)

//go:embed *.yaml
var files embed.FS

// Bundled returns the notices of this folder, checked, in the order of their file names.
func Bundled() ([]*notice.Notice, error) { return ReadFS(files, "notices") }

// ReadFS reads and checks every YAML file at the root of a file system. Problems name each file
// under folder. One that cannot be used makes all of them unusable: the error lists every problem.
func ReadFS(fsys fs.FS, folder string) ([]*notice.Notice, error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, err
	}
	var all []*notice.Notice
	var failed []error
	for _, name := range names {
		source, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read %s/%s: %w", folder, name, err)
		}
		n, err := notice.Read(source, folder+"/"+name)
		failed = append(failed, err)
		all = append(all, n)
	}
	if err := errors.Join(failed...); err != nil {
		return nil, err
	}
	return all, nil
}
