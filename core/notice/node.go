package notice

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// value is a node of the file with its path and place. With a shape there is no node: then whoever reads
// the value describes what it would take.
type value struct {
	path  string
	node  ast.Node
	pos   Position
	shape *schema
}

func (v value) member(name string) string {
	if v.path == "" {
		return name
	}
	return v.path + "." + name
}

func (v value) item(i int) string { return fmt.Sprintf("%s[%d]", v.path, i) }

const maxSource = 1 << 20 // bytes; a notice is a text for people

// parseYAML returns the file's only document, or the problem that keeps it from being read.
func parseYAML(source []byte, file string) (ast.Node, *Problem) {
	broken := func(line, column int, message, mend string) (ast.Node, *Problem) {
		return nil, &Problem{File: file, Line: line, Column: column, Rule: "syntax", Message: message, Mend: mend}
	}
	switch {
	case len(source) > maxSource:
		return broken(1, 1, "the file is longer than a notice can be", "split it into one notice per register")
	case !utf8.Valid(source):
		return broken(lineOfBrokenText(source), 1, "the file is not UTF-8", "save it as UTF-8")
	}
	tree, err := parser.ParseBytes(source, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		line, column, message := syntaxPlace(err)
		return broken(line, column, "this is not YAML: "+message, "check the indentation and the quotes here")
	}
	var body ast.Node
	for _, doc := range tree.Docs {
		if doc.Body == nil || doc.Body.Type() == ast.CommentType {
			continue
		}
		if body != nil {
			p := place(doc.Body)
			return broken(p.Line, p.Column, "a second document begins here", "one file holds one notice")
		}
		body = doc.Body
	}
	if body == nil {
		return broken(1, 1, "the file is empty", "write a notice, see docs/notices.md")
	}
	return body, nil
}

func syntaxPlace(err error) (line, column int, message string) {
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) && syntax.Token != nil && syntax.Token.Position != nil {
		return syntax.Token.Position.Line, syntax.Token.Position.Column, syntax.Message
	}
	return 1, 1, err.Error()
}

func lineOfBrokenText(source []byte) int {
	line := 1
	for len(source) > 0 {
		r, size := utf8.DecodeRune(source)
		if r == utf8.RuneError && size == 1 {
			return line
		}
		if r == '\n' {
			line++
		}
		source = source[size:]
	}
	return line
}

// place is where a node begins. A mapping begins at its first key, not at its first colon.
func place(n ast.Node) Position {
	switch n := n.(type) {
	case *ast.MappingNode:
		if !n.IsFlowStyle && len(n.Values) > 0 {
			return place(n.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return place(n.Key)
	}
	if t := n.GetToken(); t != nil && t.Position != nil {
		return Position{t.Position.Line, t.Position.Column}
	}
	return Position{1, 1}
}

// pairs returns the entries of a mapping; ok is false if n is none.
func pairs(n ast.Node) (entries []*ast.MappingValueNode, ok bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	return nil, false
}

// kindOf names a node's form for a message.
func kindOf(n ast.Node) string {
	switch n.Type() {
	case ast.MappingType, ast.MappingValueType:
		return "a mapping"
	case ast.SequenceType:
		return "a list"
	case ast.NullType:
		return "nothing"
	case ast.IntegerType, ast.FloatType:
		return "a number"
	case ast.BoolType:
		return "true or false"
	case ast.StringType, ast.LiteralType:
		return "text"
	case ast.AnchorType, ast.AliasType, ast.MergeKeyType, ast.TagType:
		return "an anchor, alias or tag"
	}
	return "something else"
}
