package notice

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// reader turns nodes into a Notice and collects what is wrong on the way. It goes on after an
// error, so that one run shows all of them.
type reader struct {
	file     string
	problems Problems
	at       map[string]Position
	texts    []placedText
}

// placedText is a text with its place, for the rules that look at every text.
type placedText struct {
	path     string
	text     Text
	has      map[string]bool // languages written
	literals bool            // may hold digits: an address
}

// read takes a value and stores it where the constructor of the read was told.
type read func(v value)

// key is one key that a mapping may have.
type key struct {
	name string
	must bool
	read read
}

func must(name string, f read) key { return key{name, true, f} }
func may(name string, f read) key  { return key{name, false, f} }

func (r *reader) fail(at Position, rule, message, mend string) {
	r.problems = append(r.problems, Problem{
		File: r.file, Line: at.Line, Column: at.Column, Rule: rule, Message: message, Mend: mend,
	})
}

func (r *reader) wrongType(v value, want string) {
	if v.node.Type() == ast.NullType {
		r.fail(v.pos, "wrong-type", fmt.Sprintf("%s has no value", v.path), "write "+want+", or leave the key out")
		return
	}
	r.fail(v.pos, "wrong-type", fmt.Sprintf("%s is %s", v.path, kindOf(v.node)), "write "+want)
}

// mapping reads a mapping with exactly these keys.
func (r *reader) mapping(v value, keys ...key) {
	if v.shape != nil {
		v.shape.mapping(keys)
		return
	}
	entries, ok := pairs(v.node)
	if !ok {
		r.wrongType(v, "a mapping with the keys "+names(keys))
		return
	}
	r.at[v.path] = v.pos
	seen := make(map[string]Position, len(entries))
	meant := make(map[string]bool) // keys that a misspelt one stands for
	for _, e := range entries {
		meant[r.entry(v, e, keys, seen)] = true
	}
	for _, k := range keys {
		if _, have := seen[k.name]; k.must && !have && !meant[k.name] {
			r.fail(v.pos, "missing-key", fmt.Sprintf("%s is missing", v.member(k.name)), "add the key "+k.name)
		}
	}
}

// entry reads one key and its value. For an unknown key it returns the one that was probably meant.
func (r *reader) entry(v value, e *ast.MappingValueNode, keys []key, seen map[string]Position) string {
	at := place(e.Key)
	name, ok := e.Key.(*ast.StringNode)
	if !ok {
		r.fail(at, "wrong-type", "a key must be a plain word", "write one of "+names(keys))
		return ""
	}
	if first, twice := seen[name.Value]; twice {
		r.fail(at, "duplicate-key", fmt.Sprintf("%s is written twice, first on line %d", v.member(name.Value), first.Line), "keep one of them")
		return ""
	}
	seen[name.Value] = at
	for _, k := range keys {
		if k.name == name.Value {
			child := value{path: v.member(k.name), node: e.Value, pos: place(e.Value)}
			r.at[child.path] = child.pos
			k.read(child)
			return ""
		}
	}
	guess := nearestKey(name.Value, keys)
	mend := pick(guess != "", fmt.Sprintf("did you mean %s?", guess), "known here: "+names(keys))
	r.fail(at, "unknown-key", fmt.Sprintf("%s is not a key here", v.member(name.Value)), mend)
	return guess
}

// list reads every item of a list.
func (r *reader) list(item read) read {
	return func(v value) {
		if v.shape != nil {
			v.shape.list(item)
			return
		}
		seq, ok := v.node.(*ast.SequenceNode)
		if !ok {
			r.wrongType(v, "a list")
			return
		}
		for i, n := range seq.Values {
			child := value{path: v.item(i), node: n, pos: place(n)}
			r.at[child.path] = child.pos
			item(child)
		}
	}
}

// each reads a list into out, one T an item.
func each[T any](r *reader, out *[]T, item func(*T) read) read {
	return func(v value) {
		*out = []T{}
		r.list(func(v value) {
			var one T
			item(&one)(v)
			*out = append(*out, one)
		})(v)
	}
}

// optional reads a mapping into a new T.
func optional[T any](out **T, item func(*T) read) read {
	return func(v value) {
		*out = new(T)
		item(*out)(v)
	}
}

func names(keys []key) string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = k.name
	}
	return strings.Join(out, ", ")
}

// nearestKey is the known key that is spelt most like name, or "".
func nearestKey(name string, keys []key) string {
	best, distance := "", len(name)/2+1
	for _, k := range keys {
		if d := editDistance(name, k.name); d < distance {
			best, distance = k.name, d
		}
	}
	return best
}

// editDistance counts the single-byte changes that turn a into b.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
