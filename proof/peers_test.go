package proof

import (
	"os"
	"strings"
	"testing"
)

// untried tells what in a line of the table of docs/peers.md cannot be: a feature that Luukku is said to
// have, or to have in part, names a test that exists; one that it does not have names none.
func untried(line string) string {
	cells := strings.Split(strings.Trim(line, "| "), "|")
	if len(cells) < 6 {
		return "a line of the table has too few cells"
	}
	ours, test := strings.TrimSpace(cells[5]), ""
	if len(cells) > 6 {
		test = strings.Trim(cells[6], " `")
	}
	switch {
	case ours == "N" && test != "":
		return "is not there, but a test tries it"
	case ours != "N" && !testExists(test):
		return "there is no test " + test
	}
	return ""
}

func TestWhatPeersHaveIsTried(t *testing.T) {
	text, err := os.ReadFile("../docs/peers.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| Feature ") {
			continue
		}
		rows++
		if wrong := untried(strings.TrimSpace(line)); wrong != "" {
			t.Errorf("%s: %s", strings.Split(line, "|")[1], wrong)
		}
	}
	if rows < 30 {
		t.Errorf("only %d rows were read", rows)
	}
}

// The control of the test above.
func TestAnUntriedFeatureIsSeen(t *testing.T) {
	for _, line := range []string{
		"| Chat | Y | Y | Y | Y | Y | `proof TestNobodyWrote` |",
		"| Chat | Y | Y | Y | Y | Y | |",
		"| Chat | Y | Y | Y | Y | N | `proof TestAnUntriedFeatureIsSeen` |",
		"| Chat | Y | Y |",
	} {
		if untried(line) == "" {
			t.Errorf("%s passes", line)
		}
	}
}
