package notice

import "fmt"

// Format is how a notice is rendered.
type Format string

// The formats.
const (
	HTML      Format = "html" // one <article>, no script, classes only
	PlainText Format = "text"
)

// Render writes the notice for people in lang ("fi", "sv" or "en").
func Render(n *Notice, lang string, format Format) (string, error) {
	return "", fmt.Errorf("cannot render %s", format)
}
