package app

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
)

//go:embed src/text/*.json
var textFiles embed.FS

// Texts are the front end's texts of one language, for what the server draws of its pages. They never change.
type Texts map[string]any

var texts = map[string]Texts{"fi": readTexts("fi"), "sv": readTexts("sv"), "en": readTexts("en")}

// readTexts reads an embedded file; a malformed one stops the program at its start.
func readTexts(lang string) Texts {
	raw, err := textFiles.ReadFile("src/text/" + lang + ".json")
	all := Texts{}
	if err == nil {
		err = json.Unmarshal(raw, &all)
	}
	if err != nil {
		panic(fmt.Sprintf("web/app/src/text/%s.json: %v", lang, err))
	}
	return all
}

// TextsOf returns the texts of a language; an unknown one gets Finnish.
func TextsOf(lang string) Texts {
	if t, ok := texts[lang]; ok {
		return t
	}
	return texts["fi"]
}

// Get is the text at a path such as "chat.start.begin", with each {name} of the pairs (name, value) filled
// in. An unknown path gives the path.
func (t Texts) Get(path string, pairs ...string) string {
	var found any = map[string]any(t)
	for step := range strings.SplitSeq(path, ".") {
		node, _ := found.(map[string]any)
		found = node[step]
	}
	text, ok := found.(string)
	if !ok {
		return path
	}
	filled := make([]string, len(pairs))
	for i, word := range pairs {
		filled[i] = word
		if i%2 == 0 {
			filled[i] = "{" + word + "}"
		}
	}
	return strings.NewReplacer(filled...).Replace(text)
}

// Sections are some of the texts, whole.
func (t Texts) Sections(names ...string) map[string]any {
	out := map[string]any{}
	for _, name := range names {
		out[name] = t[name]
	}
	return out
}
