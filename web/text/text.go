// Package text holds every sentence that the server says, in Finnish, Swedish and English. It
// promises that a key has a text in each of the three languages, and that what fills a text is never
// taken for one.
package text

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

//go:embed fi.json sv.json en.json
var files embed.FS

// Language is the texts of one language. It never changes.
type Language struct {
	code  string
	texts map[string]string
}

var all = map[string]Language{"fi": load("fi"), "sv": load("sv"), "en": load("en")}

// load reads an embedded file; a malformed one stops the program at its start.
func load(code string) Language {
	raw, err := files.ReadFile(code + ".json")
	if err != nil {
		panic(err)
	}
	texts := map[string]string{}
	if err := json.Unmarshal(raw, &texts); err != nil {
		panic(fmt.Sprintf("web/text/%s.json: %v", code, err))
	}
	return Language{code: code, texts: texts}
}

// Of returns the texts of a language; an unknown one gets Finnish.
func Of(lang string) Language {
	if l, ok := all[lang]; ok {
		return l
	}
	return all["fi"]
}

// Code is the language's code.
func (l Language) Code() string { return l.code }

// Has tells whether there is a text for key.
func (l Language) Has(key string) bool { _, ok := l.texts[key]; return ok }

// Keys lists the keys in alphabetical order.
func (l Language) Keys() []string {
	var keys []string
	for key := range l.texts {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// Get returns the text of key with its {name} places filled from args. An unknown key gives the key.
func (l Language) Get(key string, args map[string]string) string {
	template, ok := l.texts[key]
	if !ok {
		return key
	}
	return fill(template, args)
}

// Problem is the text of a fault's key, or of its code where the key has none of its own.
func (l Language) Problem(code, key string, args map[string]string) string {
	if l.Has("problem-" + key) {
		return l.Get("problem-"+key, args)
	}
	return l.Get("code-"+code+"-detail", args)
}

// fill puts args into a template in one pass, so that a filled-in value is never filled again.
func fill(template string, args map[string]string) string {
	if len(args) == 0 || !strings.Contains(template, "{") {
		return template
	}
	pairs := make([]string, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(template)
}
