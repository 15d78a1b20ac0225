package audit

import (
	"slices"
	"testing"

	"luukku/core/notice"
	"luukku/notices"
)

func TestTheNoticeDeclaresWhatAnEntryHolds(t *testing.T) {
	bundled, err := notices.Bundled()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(bundled, func(n *notice.Notice) bool { return n.ID == NoticeID })
	if i < 0 {
		t.Fatalf("no notice %s", NoticeID)
	}
	group := bundled[i].Group(Group)
	for _, f := range Offer().Fields {
		declared := group.Field(f.ID)
		if declared == nil || declared.Type != f.Type {
			t.Errorf("field %s (%s) is declared as %+v", f.ID, f.Type, declared)
		}
	}
	if len(group.Fields) != len(Offer().Fields) {
		t.Errorf("the notice declares %d fields, an entry fills %d", len(group.Fields), len(Offer().Fields))
	}
	if group.Keep.For != (notice.Period{Years: 5}) || group.Keep.From != "entry.written" {
		t.Errorf("kept %+v", group.Keep)
	}
}
