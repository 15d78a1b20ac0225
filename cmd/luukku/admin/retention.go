package admin

import (
	"context"
	"errors"
	"fmt"
	"time"

	"luukku/core/notice"
	"luukku/core/retain"
	"luukku/store"
)

// Retains are the commands for retention.
type Retains struct {
	Plan RetainPlan `cmd:"" help:"List what will be destroyed, when, and under which notice."`
	Run  RetainRun  `cmd:"" help:"Work through the days that have ended; the server does so by itself."`
}

// RetainPlan lists what is coming.
type RetainPlan struct {
	Authority string `help:"Only of this authority."`
	Until     string `help:"Last day, as 2026-12-31; a year from now by default."`
}

func (c *RetainPlan) run(ctx context.Context, j Job) error {
	all, err := only(j.Program, c.Authority)
	if err != nil {
		return err
	}
	last := notice.Day("")
	if c.Until != "" {
		if last, err = notice.ParseDay(c.Until); err != nil {
			return err
		}
	}
	for _, a := range all {
		until := last
		if until == "" {
			until = notice.DayOf(j.Program.Keeper.Now().AddDate(1, 0, 0), a.Zone)
		}
		var plan []retain.Ending
		err := j.Program.DB.Read(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
			plan, err = j.Program.Retain.Plan(ctx, tx, a.ID, until)
			return err
		})
		if err != nil {
			return err
		}
		for _, e := range plan {
			j.Print("%s\t%s\t%s\t%s\t%d records\t%s", a.ID, lastDay(e), e.Bucket.Notice, e.Bucket.Group, e.Bucket.Records, e.Bucket.State)
		}
	}
	return nil
}

func lastDay(e retain.Ending) string {
	switch {
	case e.Overdue:
		return "now       "
	case e.Bucket.LastDay == "":
		return "restricted"
	}
	return string(e.Bucket.LastDay)
}

// RetainRun works through ended days.
type RetainRun struct {
	Authority string `help:"Only of this authority."`
}

func (c *RetainRun) run(ctx context.Context, j Job) error {
	all, err := only(j.Program, c.Authority)
	if err != nil {
		return err
	}
	var failed error
	for _, a := range all {
		days, err := j.Program.Retain.Run(ctx, a.ID)
		printDays(j, days)
		switch {
		case err != nil:
			failed = errors.Join(failed, fmt.Errorf("%s: %w", a.ID, err))
		case len(days) == 0:
			j.Print("%s\tno day has ended since the last run", a.ID)
		}
	}
	return failed
}

func printDays(j Job, days []retain.DayReport) {
	for _, d := range days {
		j.Print("%s\t%s\t%d buckets ended, %d keys dropped, %d records moved, %d rows reclaimed",
			d.Authority, d.Day, len(d.Ended), len(d.Dropped), d.Moved, d.Reclaimed)
	}
}

// Demo are the commands that only a demo has.
type Demo struct {
	Advance DemoAdvance `cmd:"" help:"Let time pass, night by night: P2M, P1Y, P10D."`
}

// DemoAdvance moves the demo's time.
type DemoAdvance struct {
	By string `arg:"" help:"How long, as an ISO 8601 period of days, weeks, months or years."`
}

func (c *DemoAdvance) run(ctx context.Context, j Job) error {
	if !j.Program.Instance.Demo {
		return errors.New("this is not a demo: its time cannot be moved")
	}
	by, err := notice.ParsePeriod(c.By)
	if err != nil {
		return err
	}
	began := time.Now()
	done, err := j.Program.Retain.Advance(ctx, by)
	j.Print("%s", Passed(done))
	if err == nil {
		j.Print("It is now %s. That took %.0f s.", j.Program.Keeper.Now().In(time.Local).Format("2006-01-02 15:04"), time.Since(began).Seconds())
	}
	return err
}

// Passed tells in words how far time was moved.
func Passed(done retain.Advanced) string {
	return fmt.Sprintf("%d days passed; %d buckets were destroyed with their keys.", done.Days, done.Destroyed)
}
