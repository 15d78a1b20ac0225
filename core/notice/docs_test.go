package notice_test

import (
	"os"
	"strings"
	"testing"

	"luukku/core/notice"
)

func manual(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/notices.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestTheManualsExampleIsTheOneThatIsTested(t *testing.T) {
	if !strings.Contains(manual(t), "```yaml\n"+string(example(t))+"```\n") {
		t.Error("docs/notices.md shows another example than testdata/example.yaml")
	}
}

func TestTheManualNamesEveryRule(t *testing.T) {
	text := manual(t)
	for rule, file := range rulesInSource(t) {
		if !strings.Contains(text, "`"+rule+"`") {
			t.Errorf("docs/notices.md does not name the rule %s of %s", rule, file)
		}
	}
}

func TestTheManualNamesEveryWordOfTheGrammar(t *testing.T) {
	text := manual(t)
	for _, words := range [][]string{notice.Events(), notice.Roles(), notice.RightsOfSubject(), grammarKeys(t)} {
		for _, w := range words {
			if !strings.Contains(text, "`"+w+"`") {
				t.Errorf("docs/notices.md does not name %s", w)
			}
		}
	}
}

func TestTheExampleUsesEveryKey(t *testing.T) {
	source := string(example(t))
	for _, key := range grammarKeys(t) {
		if key == "answers" {
			continue // needs a fault to answer; the section on open points shows it
		}
		if !strings.Contains(source, key+":") {
			t.Errorf("the example does not show the key %s", key)
		}
	}
}
