package notice

import (
	"strings"
	"unicode/utf8"
)

const textWidth = 80 // columns

// writeText writes the document for a terminal, a letter or a printer.
func (d *document) writeText() string {
	var b strings.Builder
	underlined(&b, d.title, '=')
	heading := d.title
	for _, x := range d.blocks {
		if x.kind == blockHeading {
			heading = x.text
		}
		b.WriteByte('\n')
		x.writeText(&b, heading)
	}
	return b.String()
}

// writeText writes one part; heading is the nearest above it.
func (x block) writeText(b *strings.Builder, heading string) {
	switch x.kind {
	case blockHeading:
		rule := '-'
		if x.level > 2 {
			rule = '.'
		}
		underlined(b, x.text, rule)
	case blockParagraph:
		wrap(b, x.text, "", "")
	case blockList:
		for _, item := range x.items {
			wrap(b, item, "- ", "  ")
		}
	case blockPairs:
		for _, p := range x.pairs {
			wrap(b, p.term+": "+p.text, "", "  ")
		}
	case blockTable:
		x.tableText(b, heading)
	}
}

// tableText writes each row as its first cell and, below it, the other cells under their headings.
// A caption that only repeats the heading above is left out.
func (x block) tableText(b *strings.Builder, heading string) {
	if x.text != heading {
		wrap(b, x.text+":", "", "")
	}
	for _, row := range x.rows {
		for i, c := range row {
			if i == 0 {
				c.text(b, "* ", "  ")
			} else {
				c.under(b, x.head[i])
			}
		}
	}
}

// text writes each paragraph of a cell on a line of its own.
func (c cell) text(b *strings.Builder, first, rest string) {
	for i, t := range c {
		wrap(b, t, pick(i == 0, first, rest), rest)
	}
}

// under writes a cell after its heading: on one line if it is one paragraph, else as a list.
func (c cell) under(b *strings.Builder, head string) {
	switch len(c) {
	case 0:
	case 1:
		wrap(b, head+": "+c[0], "  ", "    ")
	default:
		wrap(b, head+":", "  ", "    ")
		for _, t := range c {
			wrap(b, t, "    - ", "      ")
		}
	}
}

func underlined(b *strings.Builder, text string, rule rune) {
	b.WriteString(text)
	b.WriteByte('\n')
	b.WriteString(strings.Repeat(string(rule), utf8.RuneCountInString(text)))
	b.WriteByte('\n')
}

// wrap breaks a paragraph between words; first and rest begin its lines.
func wrap(b *strings.Builder, text, first, rest string) {
	column := utf8.RuneCountInString(first)
	b.WriteString(first)
	for i, word := range strings.FieldsFunc(text, breaks) {
		width := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case column+1+width > textWidth:
			b.WriteString("\n" + rest)
			column = utf8.RuneCountInString(rest)
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += width
	}
	b.WriteByte('\n')
}

// breaks tells where a line may end: not at a no-break space.
func breaks(c rune) bool { return c == ' ' || c == '\n' || c == '\t' }
