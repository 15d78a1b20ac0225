package web

import (
	"html/template"
	"regexp"
	"strings"
)

// face is a rule that fetches one part of a typeface, as the front end's build writes it.
var face = regexp.MustCompile(`@font-face\s*\{[^{}]*\}`)

// facesIn are the rules by which a style of the front end fetches its typeface, so that the pages that the
// server renders wear it too: the browser has the files already. Empty where the front end is not built;
// the pages are then set in the next face of their list.
func facesIn(style template.CSS) string {
	return strings.Join(face.FindAllString(string(style), -1), "\n")
}
