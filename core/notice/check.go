package notice

import (
	"slices"
	"strings"
)

// checker collects what the rules find in one notice.
type checker struct {
	n        *Notice
	problems Problems
}

// rules are applied in this order; each looks at the whole notice and names itself in Problem.Rule.
var rules = []func(*checker){
	(*checker).languages, (*checker).prose, (*checker).dates, (*checker).ids,
	(*checker).parties, (*checker).addresses, (*checker).statements, (*checker).printing,
	(*checker).purposes, (*checker).prohibited, (*checker).laws, (*checker).terms,
	(*checker).groups, (*checker).numbers, (*checker).retention, (*checker).holds,
	(*checker).transfers, (*checker).references,
	(*checker).rightsStated, (*checker).rightsRefused, (*checker).routes, (*checker).answerTime,
	(*checker).accessRules, (*checker).accessGaps,
}

// Check applies every rule to a parsed notice. A rule listed in answerable can be answered by an
// open point, which turns its problem into a note; open points are notes themselves, so that the
// check always shows them.
func Check(n *Notice) Problems {
	c := &checker{n: n}
	for _, rule := range rules {
		rule(c)
	}
	c.openPoints()
	c.problems.sort()
	return c.problems
}

// answerable are the rules where the controller may decide otherwise, if it says so.
var answerable = []string{"right-against-basis", "stale-law", "law-is-no-basis"}

func (c *checker) fail(path, rule, subject, message, mend string) {
	at := c.place(path)
	c.problems = append(c.problems, Problem{
		File: c.n.File, Line: at.Line, Column: at.Column,
		Rule: rule, Subject: subject, Message: message, Mend: mend,
	})
}

// place is where a path lies; a path that the file lacks lies where its parent begins.
func (c *checker) place(path string) Position {
	for {
		if p, ok := c.n.at[path]; ok {
			return p
		}
		cut := strings.LastIndexAny(path, ".[")
		if cut < 0 {
			return Position{1, 1}
		}
		path = path[:cut]
	}
}

// openPoints turns answered problems into notes, proposes an answer for the others, and shows
// every open point.
func (c *checker) openPoints() {
	answered := make(map[string]bool)
	for i := range c.problems {
		p := &c.problems[i]
		if !slices.Contains(answerable, p.Rule) {
			continue
		}
		if c.answers(p.Key()) {
			answered[p.Key()] = true
			p.Severity = Note
			p.Mend = "answered by an open point"
		} else {
			p.Mend += "; or say why in an open point with answers: [" + p.Key() + "]"
		}
	}
	for i, o := range c.n.OpenPoints {
		path := index("open_points", i)
		for _, key := range o.Answers {
			if !answered[key] {
				c.fail(path+".answers", "idle-answer", o.ID, "nothing in this notice raises "+key, "remove the answer")
			}
		}
		c.fail(path, "open-point", o.ID, "open point "+o.ID+": "+o.Text.EN, "")
		c.problems[len(c.problems)-1].Severity = Note
	}
}

func (c *checker) answers(key string) bool {
	return slices.ContainsFunc(c.n.OpenPoints, func(o OpenPoint) bool { return slices.Contains(o.Answers, key) })
}
