package notice

import (
	"fmt"
	"html"
	"strings"
)

// writeHTML writes one <article> with headings from h1 on, tables with scoped headers, and classes
// for the page's own style sheet. There is no script and no inline style.
func (d *document) writeHTML() string {
	var b strings.Builder
	fmt.Fprintf(&b, "<article class=\"notice\" lang=\"%s\">\n<h1 class=\"notice-title\">%s</h1>\n", d.lang, html.EscapeString(d.title))
	section, heading := false, d.title
	for _, x := range d.blocks {
		if x.kind == blockHeading && x.level == 2 {
			if section {
				b.WriteString("</section>\n")
			}
			section = true
			b.WriteString("<section class=\"notice-section\">\n")
		}
		if x.kind == blockHeading {
			heading = x.text
		}
		x.writeHTML(&b, heading)
	}
	if section {
		b.WriteString("</section>\n")
	}
	b.WriteString("</article>\n")
	return b.String()
}

// writeHTML writes one part; heading is the nearest above it.
func (x block) writeHTML(b *strings.Builder, heading string) {
	switch x.kind {
	case blockHeading:
		fmt.Fprintf(b, "<h%d id=\"notice-%s\">%s</h%d>\n", x.level, x.id, html.EscapeString(x.text), x.level)
	case blockParagraph:
		fmt.Fprintf(b, "<p>%s</p>\n", html.EscapeString(x.text))
	case blockList:
		b.WriteString("<ul class=\"notice-list\">\n")
		for _, item := range x.items {
			fmt.Fprintf(b, "<li>%s</li>\n", html.EscapeString(item))
		}
		b.WriteString("</ul>\n")
	case blockPairs:
		b.WriteString("<dl class=\"notice-pairs\">\n")
		for _, p := range x.pairs {
			fmt.Fprintf(b, "<div><dt>%s</dt><dd>%s</dd></div>\n", html.EscapeString(p.term), p.html())
		}
		b.WriteString("</dl>\n")
	case blockTable:
		x.tableHTML(b, heading)
	}
}

func (p pair) html() string {
	if p.href == "" {
		return html.EscapeString(p.text)
	}
	return fmt.Sprintf("<a href=\"%s\">%s</a>", html.EscapeString(p.href), html.EscapeString(p.text))
}

// tableHTML puts a table in a box that can be scrolled by keyboard on a narrow screen. A caption
// that repeats the heading above has a class, so that a style sheet can hide it from the eye; a cell
// names its column, so that one can put the cells of a row below each other.
func (x block) tableHTML(b *strings.Builder, heading string) {
	caption, repeats := html.EscapeString(x.text), pick(x.text == heading, " class=\"notice-repeats\"", "")
	fmt.Fprintf(b, "<div class=\"notice-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"%s\">\n<table class=\"notice-table\">\n<caption%s>%s</caption>\n<thead><tr>", caption, repeats, caption)
	for _, h := range x.head {
		fmt.Fprintf(b, "<th scope=\"col\">%s</th>", html.EscapeString(h))
	}
	b.WriteString("</tr></thead>\n<tbody>\n")
	for _, row := range x.rows {
		b.WriteString("<tr>")
		for i, c := range row {
			if i == 0 {
				fmt.Fprintf(b, "<th scope=\"row\">%s</th>", c.html(" class=\"notice-more\""))
			} else {
				fmt.Fprintf(b, "<td data-label=\"%s\">%s</td>", html.EscapeString(x.head[i]), c.html(""))
			}
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody>\n</table>\n</div>\n")
}

// html writes a cell: one paragraph bare, several as paragraphs, the later ones with attributes.
func (c cell) html(later string) string {
	if len(c) == 1 {
		return html.EscapeString(c[0])
	}
	var b strings.Builder
	for i, t := range c {
		fmt.Fprintf(&b, "<p%s>%s</p>", pick(i > 0, later, ""), html.EscapeString(t))
	}
	return b.String()
}
