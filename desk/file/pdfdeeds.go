package file

import "bytes"

// A PDF may do something when it is opened, a page is turned or the pointer passes (ISO 32000-2, 12.6.3), without
// a click. To show a place in the file is harmless, and so is a link, which waits for its click. What is done
// without one often stands in an object of its own. Which object that is is not looked for, since programs that
// repair broken files may take another: a file that does anything by itself may hold no action but those that go to
// a place in it and those that stand in their links, "/A << /S /URI /URI (https://example.fi) >>".

// deeds are what a PDF does by itself, and what it could do.
type deeds struct {
	begun bool // by itself, more than to show a place first
	loose bool // some action, more than going to a place, that does not stand in its link
}

// link tells a link's own action from others: from "/A" on, only blanks and the names of every action come before
// it. A string or a comment could say the same; neither ends between, so neither hides an action.
type link struct {
	at      place
	percent bool // since the line began: the rest of it may be a comment
}

// place is where in a link's action something stands.
type place byte

const (
	outside place = iota
	behindA
	half // of "<<"
	inDeed
)

// pass takes what stands between names.
func (l *link) pass(b byte) {
	switch {
	case b == '\n' || b == '\r':
		if l.percent || l.at == half {
			l.at = outside
		}
		l.percent = false
	case b == '<' && l.at == behindA:
		l.at = half
	case b == '<' && l.at == half:
		l.at = inDeed
	case b <= ' ' && l.at != half, b == '/' && l.at == inDeed:
	default:
		l.at, l.percent = outside, l.percent || b == '%'
	}
}

// skip takes what stands between names, outside.
func (l *link) skip(p []byte) {
	if end := max(bytes.LastIndexByte(p, '\n'), bytes.LastIndexByte(p, '\r')); end >= 0 {
		l.percent, p = false, p[end:]
	}
	l.percent = l.percent || bytes.IndexByte(p, '%') >= 0
}

// does judges a name by what a PDF does.
func (s *pdfScan) does(what meaning, name string) {
	switch what {
	case links:
		s.link.at = behindA
		return
	case ofDeed, deed:
		s.deeds.loose = s.deeds.loose || what == deed && s.link.at != inDeed
	case begins:
		s.opening, s.link.at = name, outside
	default:
		s.link.at = outside
	}
}

// opens looks at what comes after a name by which something begins: after "OpenAction" a list is a place in the file,
// and everything else may be any action; after "AA" there are actions, or it is no such name.
func (s *pdfScan) opens(b byte) {
	if s.opening == "" || delimits(b) && b <= ' ' {
		return
	}
	is := b != '['
	if s.opening == "AA" {
		is = b == '<' || b == '%' || b >= '0' && b <= '9'
	}
	s.opening, s.deeds.begun = "", s.deeds.begun || is
}
