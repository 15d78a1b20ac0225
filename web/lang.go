package web

import (
	"net/http"

	"golang.org/x/text/language"
)

// languages in the order of preference; the first is for whoever prefers none of them.
var languages = []string{"fi", "sv", "en"}

var matcher = language.NewMatcher([]language.Tag{language.Finnish, language.Swedish, language.English})

// langOf is the request's language: ?lang, else what the browser prefers, else Finnish.
func langOf(r *http.Request) string {
	if asked := r.URL.Query().Get("lang"); known(asked) {
		return asked
	}
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil || len(tags) == 0 {
		return languages[0]
	}
	_, i, confidence := matcher.Match(tags...)
	if confidence == language.No {
		return languages[0]
	}
	return languages[i]
}

// known tells whether a language is one that everything is written in.
func known(lang string) bool {
	for _, one := range languages {
		if one == lang {
			return true
		}
	}
	return false
}
