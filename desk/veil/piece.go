package veil

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// Piece is a part of a text as it is shown: what can be read, or what was hidden there. Word is the number
// of the word it belongs to, from 0, so that a person can hide by words; a space goes with what is before it.
type Piece struct {
	Word   int
	Text   string // "" where something is hidden
	Hidden Kind
}

// Pieces cuts a text at its words and hides the spans, and the words whose numbers are in hand.
func Pieces(text string, spans []Span, hand []int) []Piece {
	words := wordsOf(text)
	var all []Span
	for _, n := range hand {
		if n >= 0 && n < len(words) {
			all = append(all, Span{words[n].From, words[n].last, ByHand})
		}
	}
	return cut(text, words, merged(text, append(all, spans...)))
}

// Words is how many words a text has.
func Words(text string) int { return len(wordsOf(text)) }

type textWord struct {
	From, last, To int // begin, end without the space behind it, end with it
}

func wordsOf(text string) []textWord {
	var out []textWord
	for at := 0; at < len(text); {
		from := at
		at = run(text, at, false)
		last := at
		at = run(text, at, true)
		if last == from && len(out) > 0 {
			out[len(out)-1].To = at
			continue
		}
		out = append(out, textWord{from, last, at})
	}
	return out
}

// run goes on while the text is space, or is not.
func run(text string, at int, space bool) int {
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if unicode.IsSpace(r) != space {
			break
		}
		at += size
	}
	return at
}

// cut goes along words and hidden spans at once.
func cut(text string, words []textWord, hidden []Span) []Piece {
	var out []Piece
	edges := []int{}
	for _, w := range words {
		edges = append(edges, w.From, w.To)
	}
	for _, s := range hidden {
		edges = append(edges, s.From, s.To)
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	for i := 0; i+1 < len(edges); i++ {
		out = appendPiece(out, text, words, hidden, edges[i], edges[i+1])
	}
	return out
}

func appendPiece(out []Piece, text string, words []textWord, hidden []Span, from, to int) []Piece {
	word := slices.IndexFunc(words, func(w textWord) bool { return from < w.To })
	for _, s := range hidden {
		if from >= s.From && from < s.To {
			if from > s.From {
				return out // told by the piece that began it
			}
			return append(out, Piece{Word: word, Hidden: s.Kind})
		}
	}
	return append(out, Piece{Word: word, Text: text[from:to]})
}
