// Command openapi writes the OpenAPI description of the HTTP API to standard output, or to the file
// named by its argument. The front end's types are generated from that file.
package main

import (
	"fmt"
	"os"

	"luukku/web"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "openapi:", err)
		os.Exit(1)
	}
}

// run writes to the file that args names, or to standard output.
func run(args []string) error {
	text, err := web.Description()
	if err != nil {
		return err
	}
	if len(args) == 0 {
		_, err = os.Stdout.Write(text)
		return err
	}
	return os.WriteFile(args[0], text, 0o644)
}
