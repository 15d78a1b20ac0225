package contact

import (
	"context"
	"encoding/json"
	"fmt"

	"luukku/core/rights"
	"luukku/store"
)

// Source is how requests for a copy find contacts and tell who wrote what in them.
func Source() rights.Source {
	return rights.Source{
		Type:  Type,
		Forms: map[string]func(string) (string, error){"reference_code": ParseReference, "email": emailForm, "phone": phoneForm},
		Lines: linesOf,
		Shown: shownInCopy,
	}
}

// shownInCopy words what a message tells of its file: its name, kind and size.
func shownInCopy(field, text string) string {
	var card Card
	if field != FileField || json.Unmarshal([]byte(text), &card) != nil {
		return text
	}
	return fmt.Sprintf("%s (%s, %d B)", card.Name, card.Kind, card.Size)
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
			out[s.Sealed.Row()] = rights.Line{At: s.Line.At, By: string(s.Line.Kind)}
		}
		if len(some) < lineChunk {
			return out, nil
		}
	}
}

// lineChunk is how many lines are read at once.
const lineChunk = 500
