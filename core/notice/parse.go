package notice

// Parse reads a notice strictly: an unknown or doubled key and a value of the wrong form are errors
// with their place. On an error the notice is nil. The rules are checked by Check.
func Parse(source []byte, file string) (*Notice, Problems) {
	return nil, Problems{{File: file, Line: 1, Column: 1, Rule: "syntax", Message: "the reader does not know this grammar yet"}}
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
