package noticecmd

import (
	"fmt"
	"html"
	"io"
	"os"
	"strings"

	"luukku/core/notice"
)

// Show writes the notice in file to out for people, in lang ("fi", "sv", "en") and format ("html",
// "text"). HTML is a whole page, so that it can be opened and printed at a service desk. A notice
// that the program would refuse is not shown. It returns the exit status: 0, 1 for a notice that
// cannot be used, 2 for a file that cannot be read or a language or format that does not exist.
func Show(file, lang, format string, out, errors io.Writer) int {
	source, err := os.ReadFile(file)
	if err != nil {
		fmt.Fprintln(errors, err)
		return 2
	}
	n, err := notice.Read(source, file)
	if err != nil {
		fmt.Fprintln(errors, err)
		return 1
	}
	text, err := notice.Render(n, lang, notice.Format(format))
	if err != nil {
		fmt.Fprintln(errors, err)
		return 2
	}
	if notice.Format(format) == notice.HTML {
		text = page(n.Names.In(lang), lang, text)
	}
	if _, err := io.WriteString(out, text); err != nil {
		fmt.Fprintln(errors, err)
		return 2
	}
	return 0
}

// page puts an article into a page of its own.
func page(title, lang, article string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!doctype html>\n<html lang=%q>\n<head>\n<meta charset=\"utf-8\">\n", lang)
	b.WriteString("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
	fmt.Fprintf(&b, "<title>%s</title>\n</head>\n<body>\n<main>\n%s</main>\n</body>\n</html>\n", html.EscapeString(title), article)
	return b.String()
}
