package proof

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// sentences is how many numbered sentences each of the notices has, by the prefix of its ids.
var sentences = map[string]int{"S0": 19, "S1": 67, "S2": 36, "S3": 39, "S4": 26, "X": 24}

// promised are the sentences that this release must keep in full.
var promised = map[string][]int{
	"S3": {1, 2, 4, 5, 7, 9, 13, 14, 15, 19, 20, 23, 24, 25, 26, 27, 28, 29, 30, 33, 37, 39},
	"S4": {1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 22, 23},
	"X":  {2, 14, 15, 16, 18, 19, 20, 21, 22, 23},
}

// requirement is one line of docs/requirements.csv. Where lists files, Test lists tests, both
// separated by "; ". A Go test is "folder TestName", a browser test "file: title".
type requirement struct {
	ID, Status  string
	Where, Test []string
}

func requirements(t *testing.T) []requirement {
	t.Helper()
	file, err := os.Open("../docs/requirements.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[0], ","); got != "id,status,where,test" {
		t.Fatalf("the columns are %s", got)
	}
	var all []requirement
	for _, r := range rows[1:] {
		all = append(all, requirement{r[0], r[1], cells(r[2]), cells(r[3])})
	}
	return all
}

func cells(cell string) []string {
	return slices.DeleteFunc(strings.Split(cell, "; "), func(p string) bool { return p == "" })
}

func TestEverySentenceOfTheNoticesHasItsLine(t *testing.T) {
	want := map[string]bool{}
	for prefix, n := range sentences {
		for i := range n {
			want[fmt.Sprintf("%s-%d", prefix, i+1)] = true
		}
	}
	if len(want) != 211 {
		t.Fatalf("%d sentences", len(want))
	}
	for _, r := range requirements(t) {
		if !want[r.ID] {
			t.Errorf("%s is no sentence, or stands twice", r.ID)
		}
		delete(want, r.ID)
	}
	for id := range want {
		t.Errorf("%s has no line", id)
	}
}

func TestEveryLineIsTrueAsFarAsAMachineCanTell(t *testing.T) {
	for _, r := range requirements(t) {
		for _, wrong := range r.wrong() {
			t.Errorf("%s: %s", r.ID, wrong)
		}
	}
}

// wrong tells what in a line cannot be.
func (r requirement) wrong() []string {
	var wrong []string
	switch r.Status {
	case "done", "partly":
		if len(r.Where) == 0 || len(r.Test) == 0 {
			wrong = append(wrong, r.Status+" without saying where, or which test shows it")
		}
	case "later", "n/a":
		if len(r.Test) > 0 {
			wrong = append(wrong, r.Status+", but a test shows it")
		}
	default:
		wrong = append(wrong, fmt.Sprintf("status %q", r.Status))
	}
	for _, name := range r.Where {
		if _, err := os.Stat(filepath.Join("..", name)); err != nil {
			wrong = append(wrong, fmt.Sprintf("there is no file %s", name))
		}
	}
	for _, name := range r.Test {
		if !testExists(name) {
			wrong = append(wrong, fmt.Sprintf("there is no test %q", name))
		}
	}
	return wrong
}

// testExists looks for "folder TestName" in the folder's Go files, or "file: title" in the file.
func testExists(name string) bool {
	if file, title, ok := strings.Cut(name, ": "); ok {
		text, err := os.ReadFile(filepath.Join("..", file))
		return err == nil && strings.Contains(string(text), title)
	}
	folder, test, ok := strings.Cut(name, " ")
	if !ok {
		return false
	}
	pattern := regexp.MustCompile(`(?m)^func ` + regexp.QuoteMeta(test) + `\(t \*testing\.T\)`)
	files, _ := filepath.Glob(filepath.Join("..", folder, "*_test.go"))
	return slices.ContainsFunc(files, func(file string) bool {
		text, err := os.ReadFile(file)
		return err == nil && pattern.Match(text)
	})
}

func TestWhatThisReleasePromisesIsDone(t *testing.T) {
	status := map[string]string{}
	for _, r := range requirements(t) {
		status[r.ID] = r.Status
	}
	for prefix, numbers := range promised {
		for _, n := range numbers {
			if id := fmt.Sprintf("%s-%d", prefix, n); status[id] != "done" {
				t.Errorf("%s is %s", id, status[id])
			}
		}
	}
}

// The control of the tests above.
func TestUntrueLineIsSeen(t *testing.T) {
	for _, r := range []requirement{
		{"S0-1", "done", nil, nil},
		{"S0-1", "soon", nil, nil},
		{"S0-1", "done", []string{"README.md"}, []string{"proof TestNobodyWrote"}},
		{"S0-1", "done", []string{"nowhere.go"}, []string{"proof TestUntrueLineIsSeen"}},
		{"S0-1", "later", nil, []string{"proof TestUntrueLineIsSeen"}},
	} {
		if len(r.wrong()) != 1 && r.Status != "done" || len(r.wrong()) == 0 {
			t.Errorf("%v: %q", r, r.wrong())
		}
	}
	good := requirement{"S0-1", "done", []string{"README.md"}, []string{"proof TestUntrueLineIsSeen"}}
	if wrong := good.wrong(); len(wrong) > 0 {
		t.Errorf("a true line is refused: %q", wrong)
	}
}
