package notices_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"luukku/notices"
)

func TestTheBundledNoticesCanBeUsed(t *testing.T) {
	list, err := notices.Bundled()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range list {
		if want := "notices/" + n.ID + ".yaml"; n.File != want {
			t.Errorf("%s is in the file %s", n.ID, n.File)
		}
	}
}

func TestAFolderWithOneBrokenNoticeIsRefusedWhole(t *testing.T) {
	_, err := notices.ReadFS(fstest.MapFS{
		"a.yaml": {Data: []byte("notice: a\nversions: 1\n")},
		"b.txt":  {Data: []byte("not looked at")},
	}, "folder")
	if err == nil || !strings.Contains(err.Error(), "folder/a.yaml:2:1: versions is not a key here (did you mean version?)") {
		t.Errorf("error %v", err)
	}
}
