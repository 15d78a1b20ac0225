package file

import (
	"bufio"
	"errors"
	"io"
	"unicode/utf8"
)

// notText tells bytes that no text has.
func notText(r rune) bool { return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f }

// checkText wants UTF-8 without control characters.
func checkText(src io.Reader) error {
	r := bufio.NewReaderSize(src, 32<<10)
	for {
		c, n, err := r.ReadRune()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if notText(c) || c == utf8.RuneError && n == 1 {
			return damaged()
		}
	}
}
