package notice

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// Parse reads a notice strictly: an unknown or doubled key and a value of the wrong form are errors
// with their place. On an error the notice is nil. The rules are checked by Check.
func Parse(source []byte, file string) (*Notice, Problems) {
	body, broken := parseYAML(source, file)
	if broken != nil {
		return nil, Problems{*broken}
	}
	r := &reader{file: file, at: make(map[string]Position)}
	n := &Notice{File: file, Source: slices.Clone(source), Digest: digest(source), at: r.at}
	r.notice(value{node: body, pos: place(body)}, n)
	n.texts = r.texts
	if len(r.problems) > 0 {
		r.problems.sort()
		return nil, r.problems
	}
	return n, nil
}

func digest(source []byte) string {
	sum := sha256.Sum256(source)
	return hex.EncodeToString(sum[:])
}

// Read parses and checks; the error lists every problem that stops the program.
func Read(source []byte, file string) (*Notice, error) {
	n, problems := Parse(source, file)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	if err := Check(n).Err(); err != nil {
		return nil, err
	}
	return n, nil
}
