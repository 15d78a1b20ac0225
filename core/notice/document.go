package notice

// document is a notice ready to be written in one language: headings, paragraphs, lists and tables
// in order. The writers of HTML and of text know nothing about notices.
type document struct {
	lang   string
	title  string
	blocks []block
}

type blockKind int

const (
	blockHeading blockKind = iota
	blockParagraph
	blockList
	blockPairs
	blockTable
)

// block is one part; which of its members are used follows from its kind.
type block struct {
	kind  blockKind
	level int    // of a heading: 2 or 3
	id    string // of a heading: the same in every language
	text  string // of a heading or paragraph; of a table its caption
	items []string
	pairs []pair
	head  []string
	rows  [][]cell
}

// pair is a term and what it says, with a link if it is an address.
type pair struct{ term, text, href string }

// cell is one or more paragraphs.
type cell []string

func (d *document) heading(level int, id, text string) {
	d.blocks = append(d.blocks, block{kind: blockHeading, level: level, id: id, text: text})
}

func (d *document) paragraph(text string) {
	if text != "" {
		d.blocks = append(d.blocks, block{kind: blockParagraph, text: text})
	}
}

func (d *document) list(items []string) {
	if len(items) > 0 {
		d.blocks = append(d.blocks, block{kind: blockList, items: items})
	}
}

func (d *document) pairs(pairs []pair) {
	d.blocks = append(d.blocks, block{kind: blockPairs, pairs: pairs})
}

func (d *document) table(caption string, head []string, rows [][]cell) {
	d.blocks = append(d.blocks, block{kind: blockTable, text: caption, head: head, rows: rows})
}

// lines is a cell of those texts that are not empty.
func lines(texts ...string) cell {
	var out cell
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}
