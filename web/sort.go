package web

import (
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// compareText orders names as the language does: å, ä and ö come last in Finnish and Swedish.
func compareText(a, b, lang string) int {
	return collate.New(language.Make(lang), collate.IgnoreCase).CompareString(a, b)
}
