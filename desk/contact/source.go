package contact

import (
	"context"
	"encoding/json"
	"slices"

	"luukku/core/rights"
	"luukku/desk/service"
	"luukku/store"
)

// Source is how requests for a copy find contacts and tell who wrote what in them.
func Source() rights.Source {
	return rights.Source{
		Type:  Type,
		Forms: map[string]func(string) (string, error){"reference_code": ParseReference, "email": emailForm, "phone": phoneForm},
		Lines: linesOf,
		Words: wordsOf,
		File:  fileOf,
	}
}

// fileOf reads what a message tells of its file.
func fileOf(field, text string) (rights.File, bool) {
	var card Card
	if field != FileField || json.Unmarshal([]byte(text), &card) != nil {
		return rights.File{}, false
	}
	return rights.File{Blob: card.ID, Name: card.Name, Type: string(card.Kind), Size: card.Size}, true
}

// wordsOf names a contact's topic as its service does, also one that is offered no more; a topic that no
// service knows stays as it is.
func wordsOf(ctx context.Context, tx *store.Tx, authority, thing, lang string) (func(field, text string) string, error) {
	of, err := Load(ctx, tx, authority, thing)
	if err != nil {
		return nil, err
	}
	all, err := service.All(ctx, tx, authority)
	if err != nil {
		return nil, err
	}
	own := func(s service.Service) int { return map[bool]int{true: 0, false: 1}[s.ID == of.Service] }
	slices.SortStableFunc(all, func(a, b service.Service) int { return own(a) - own(b) })
	return func(field, text string) string {
		if field != "topic" {
			return text
		}
		for _, s := range all {
			for _, t := range s.Topics {
				if t.ID == text {
					return t.Name.In(lang)
				}
			}
		}
		return text
	}, nil
}

// linesOf tells of each message when it was written and by whom.
func linesOf(ctx context.Context, tx *store.Tx, authority, thing string) (map[string]rights.Line, error) {
	of, err := Load(ctx, tx, authority, thing)
	if err != nil {
		return nil, err
	}
	out := map[string]rights.Line{}
	for after := int64(0); ; {
		some, err := Lines(ctx, tx, of, after, lineChunk)
		if err != nil {
			return nil, err
		}
		for _, s := range some {
			after = s.Line.N
			out[s.Sealed.Row()] = rights.Line{At: s.Line.At, By: writerOf(s.Line.Kind)}
		}
		if len(some) < lineChunk {
			return out, nil
		}
	}
}

// writerOf is who wrote a line; the program's own lines say nothing of that.
func writerOf(k Kind) string {
	if k == FromProgram {
		return ""
	}
	return string(k)
}

// lineChunk is how many lines are read at once.
const lineChunk = 500
