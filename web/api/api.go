// Package api promises the shapes that cross the wire: what a browser sends and gets, by HTTP and
// by socket alike. It holds no behaviour. The OpenAPI description and the front end's types are
// generated from it, so a change here is a change of the contract.
//
// Units: a field named at, since, until or …_at is an instant in unix milliseconds UTC; …_s is whole
// seconds; day is 'YYYY-MM-DD' in the authority's time zone; lang is fi, sv or en. Numbers of
// messages (n, last, after) start at 1 in each contact and have no gaps.
package api

// Text is one text in the three languages that every authority serves in.
type Text struct {
	FI string `json:"fi" maxLength:"2000"`
	SV string `json:"sv" maxLength:"2000"`
	EN string `json:"en" maxLength:"2000"`
}

// Named is anything that is chosen by its id and shown by its name, in the request's language.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// NoticeLink leads to the notice behind a service.
type NoticeLink struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	URL  string `json:"url" doc:"Path of the notice's page, from the server's root"`
}

// Problem is the body of every answer that is not a success (RFC 9457). The text of detail is in the
// request's language and never holds what the caller sent.
type Problem struct {
	Type   string         `json:"type" doc:"about:blank, or urn:luukku:problem:KEY"`
	Title  string         `json:"title" doc:"The code's name in the request's language"`
	Status int            `json:"status"`
	Code   string         `json:"code" enum:"invalid,denied,not_found,conflict,gone,busy,internal"`
	Key    string         `json:"key" doc:"Permanent name of this problem, for programs"`
	Detail string         `json:"detail" doc:"What happened and what to do, in the request's language"`
	Field  string         `json:"field,omitempty" doc:"The field at fault, as a path in the body"`
	Errors []ProblemField `json:"errors,omitempty" doc:"Every field at fault, when there are several"`
}

// ProblemField is one field at fault.
type ProblemField struct {
	Field  string `json:"field"`
	Key    string `json:"key"`
	Detail string `json:"detail"`
}
