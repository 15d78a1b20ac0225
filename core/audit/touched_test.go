package audit

import (
	"context"
	"testing"
	"time"

	"luukku/store"
	"luukku/store/storetest"
)

// S3-9: nobody reviews what they handled. The log answers by tokens, opens nothing, and notes the question.
func TestTheLogKnowsWhoHandledWhat(t *testing.T) {
	storetest.Engines(t, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		from := h.at.Now()
		h.work(7)
		asked := func(staff string, to time.Time) map[string]bool {
			var out map[string]bool
			h.must(db.Write(context.Background(), func(ctx context.Context, tx *store.Tx) (err error) {
				out, err = h.log.Touched(ctx, tx, dvv, staff, []Touch{{"c_0", from, to}, {"c_1", from, to}, {"c_2", from, to}, {"c_none", from, to}})
				return err
			}))
			return out
		}
		soon := from.Add(time.Minute)
		for staff, want := range map[string]map[string]bool{
			"s_0": {"c_0": true, "c_1": true, "c_2": true, "c_none": false},
			"s_9": {"c_0": false, "c_1": false, "c_2": false, "c_none": false},
		} {
			for contact, touched := range asked(staff, soon) {
				if touched != want[contact] {
					t.Errorf("%s touched %s: %v", staff, contact, touched)
				}
			}
		}
		rows, err := h.log.ByStaff(context.Background(), h.staff("s_officer", "data_protection_officer"), "s_9", oversight)
		h.must(err)
		if len(rows.Entries) != 0 {
			t.Errorf("the question itself counts as an act of the one it is about: %+v", rows.Entries)
		}
		h.at.Advance(6 * 365 * 24 * time.Hour) // the log has forgotten
		for contact, touched := range asked("s_9", soon) {
			if !touched {
				t.Errorf("what is not known any more counts as not handled: %s", contact)
			}
		}
	})
}
