package web

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"luukku/core/notice"
	"luukku/desk/report"
	"luukku/desk/service"
	"luukku/fault"
	"luukku/web/api"
)

func (s *Server) reportContacts(ctx context.Context, v *Visit, in *ofReport) (*answer[api.Report], error) {
	from, to, err := v.mayCount(in)
	if err != nil {
		return nil, err
	}
	until, err := s.Chat.Uncounted(ctx, v.Authority.ID)
	if err != nil {
		return nil, err
	}
	counted, err := s.Reports.Contacts(ctx, v.Authority.ID, from, to, in.Service, until)
	if err != nil {
		return nil, err
	}
	all, err := s.Services.List(ctx, v.Authority.ID)
	return &answer[api.Report]{reportOf(v, all, counted)}, err
}

// mayCount reads the days of a report that the caller may see: an officer every service, a lead their own.
func (v *Visit) mayCount(in *ofReport) (from, to notice.Day, err error) {
	from, err1 := notice.ParseDay(in.From)
	to, err2 := notice.ParseDay(in.To)
	if err1 != nil || err2 != nil || to.Before(from) {
		return "", "", fault.New(fault.Invalid, "field-range").On("to")
	}
	if !v.holds(notice.RoleOfficer) && !slices.Contains(v.rolesIn(in.Service), notice.RoleLead) {
		return "", "", fault.New(fault.Denied, "role-missing")
	}
	return from, to, nil
}

// reportOf gives a report its shape on the wire, its values worded in the visit's language.
func reportOf(v *Visit, all []service.Service, counted report.Report) api.Report {
	out := api.Report{From: string(counted.From), To: string(counted.To), Service: counted.Service, Suppressed: report.Limit, Tables: []api.ReportTable{}}
	for _, t := range counted.Tables {
		table := api.ReportTable{By: t.By, Rows: []api.ReportRow{}}
		for _, row := range t.Rows {
			table.Rows = append(table.Rows, rowOf(row, label(v, all, t.By, row.Value)))
		}
		out.Tables = append(out.Tables, table)
	}
	return out
}

func rowOf(row report.Row, label string) api.ReportRow {
	return api.ReportRow{Value: row.Value, Label: label, Count: row.Count, Suppressed: row.Withheld}
}

// days counts a day or a week.
func (s *Server) days(ctx context.Context, v *Visit, in *ofReport) (report.Report, []service.Service, error) {
	from, to, err := v.mayCount(in)
	if err != nil {
		return report.Report{}, nil, err
	}
	until, err := s.Chat.Uncounted(ctx, v.Authority.ID)
	if err != nil {
		return report.Report{}, nil, err
	}
	counted, err := s.Reports.Days(ctx, v.Authority.ID, from, to, in.Service, until)
	if err != nil {
		return report.Report{}, nil, err
	}
	all, err := s.Services.List(ctx, v.Authority.ID)
	return counted, all, err
}

func (s *Server) reportDays(ctx context.Context, v *Visit, in *ofReport) (*answer[api.DaysReport], error) {
	counted, all, err := s.days(ctx, v, in)
	if err != nil {
		return nil, err
	}
	sum := counted.Summary()
	band := func(value string) string {
		if value == "" {
			return ""
		}
		return label(v, all, report.ByWait, value)
	}
	return &answer[api.DaysReport]{api.DaysReport{Report: reportOf(v, all, counted), Arrived: rowOf(sum.Arrived, ""),
		Answered: rowOf(sum.Answered, ""), Left: rowOf(sum.Left, ""), Median: band(sum.Median), Ninety: band(sum.Ninety)}}, nil
}

// csvFile is a table for a spreadsheet.
type csvFile struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

func (s *Server) reportFile(ctx context.Context, v *Visit, in *ofReport) (*csvFile, error) {
	counted, all, err := s.days(ctx, v, in)
	if err != nil {
		return nil, err
	}
	t := v.text()
	rows := [][]string{{t.Get("csv-by", nil), t.Get("csv-value", nil), t.Get("csv-count", nil), t.Get("csv-told", nil)}}
	for _, table := range counted.Tables {
		for _, row := range table.Rows {
			count, told := strconv.FormatInt(row.Count, 10), "csv-exact"
			if row.Withheld {
				told = "csv-least"
				if row.Count == 0 {
					count, told = "", "csv-withheld"
				}
			}
			rows = append(rows, []string{t.Get("by-"+table.By, nil), label(v, all, table.By, row.Value), count, t.Get(told, nil)})
		}
	}
	name := fmt.Sprintf("%s-%s-%s.csv", t.Get("csv-name", nil), counted.From, counted.To)
	return &csvFile{Type: "text/csv; charset=utf-8", Disposition: `attachment; filename="` + name + `"`, Body: csvOf(rows)}, nil
}

// csvOf writes rows by RFC 4180, marked as UTF-8 for spreadsheets that do not guess it. What one of them
// would take for a formula is made text.
func csvOf(rows [][]string) []byte {
	out := bytes.NewBufferString("\uFEFF")
	w := csv.NewWriter(out)
	w.UseCRLF = true
	for _, row := range rows {
		for i, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				row[i] = "'" + cell
			}
		}
		_ = w.Write(row) // a buffer takes everything
	}
	w.Flush()
	return out.Bytes()
}

// label words a counted value in the visit's language.
func label(v *Visit, all []service.Service, by, value string) string {
	switch by {
	case report.ByDay:
		return notice.DayIn(notice.Day(value), v.lang())
	case report.ByService, report.ByTopic:
		for _, one := range all {
			if by == report.ByService && one.ID == value {
				return v.in(one.Name)
			}
			for _, topic := range one.Topics {
				if by == report.ByTopic && topic.ID == value {
					return v.in(topic.Name)
				}
			}
		}
	case report.ByHour:
		if from, err := strconv.Atoi(value); err == nil {
			return v.text().Get("hour-range", map[string]string{"from": strconv.Itoa(from), "to": strconv.Itoa(from + 1)})
		}
	case report.ByLanguage, report.ByOutcome, report.ByWait, report.ByHelp, report.ByLength, "correct", "clear", "complete", "polite":
		if slices.Contains(report.Criteria(), by) {
			by = report.ByHelp // the marks have the words of the answers
		}
		if key := by + "-" + value; v.text().Has(key) {
			return v.text().Get(key, nil)
		}
	}
	if value == report.Other {
		return v.text().Get("other-values", nil)
	}
	if value == "" || value == "none" {
		return v.text().Get("none", nil)
	}
	return value
}
