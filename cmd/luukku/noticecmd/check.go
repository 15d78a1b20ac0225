// Package noticecmd checks and shows notices on the command line: everything wrong in a file is
// told with its line and a way to mend it, and nothing of the file is changed.
package noticecmd

import (
	"fmt"
	"io"
	"os"

	"luukku/core/notice"
)

// Check writes what is wrong in each file to out, one problem a line, and each open point. It
// returns the exit status: 0 when every file can be used, 1 when one cannot, 2 when one cannot be
// read or none was named.
func Check(files []string, out io.Writer) int {
	if len(files) == 0 {
		fmt.Fprintln(out, "name at least one notice: luukku notice check FILE…")
		return 2
	}
	status := 0
	for _, file := range files {
		status = max(status, checkFile(file, out))
	}
	return status
}

func checkFile(file string, out io.Writer) int {
	source, err := os.ReadFile(file)
	if err != nil {
		fmt.Fprintln(out, err)
		return 2
	}
	n, problems := notice.Parse(source, file)
	if n != nil {
		problems = notice.Check(n)
	}
	for _, p := range problems {
		fmt.Fprintln(out, label(p)+p.Error())
	}
	if errs := len(problems.Errors()); errs > 0 {
		fmt.Fprintf(out, "%s: %d to mend\n", file, errs)
		return 1
	}
	fmt.Fprintf(out, "%s: version %d of %s can be used\n", file, n.Version, n.ID)
	return 0
}

func label(p notice.Problem) string {
	if p.Severity == notice.Note {
		return "note: "
	}
	return ""
}
