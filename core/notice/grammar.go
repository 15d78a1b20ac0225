package notice

import "math"

// The grammar: one function for each mapping of the file, in the order of docs/notices.md.

func (r *reader) notice(v value, n *Notice) {
	r.mapping(v,
		must("notice", r.form(&n.ID, noticeIDForm, "an id of lower-case letters, digits and hyphens")),
		must("version", r.whole(math.MaxInt32, func(x uint64) { n.Version = int(x) })),
		must("drawn_up", r.day(&n.DrawnUp)),
		must("valid_from", r.day(&n.ValidFrom)),
		must("authority", r.form(&n.Authority, noticeIDForm, "the authority's slug")),
		must("statutory", r.boolean(&n.Statutory)),
		must("channels", r.ids(&n.Channels)),
		must("name", r.text(&n.Names)),
		must("about", r.text(&n.About)),
		may("controller", func(v value) { r.party(&n.Controller)(v) }),
		may("joint_controllers", each(r, &n.JointControllers, r.party)),
		may("contacts", each(r, &n.Contacts, r.party)),
		may("dpo", optional(&n.DPO, r.party)),
		may("complaint", optional(&n.Complaint, r.party)),
		may("law", each(r, &n.Law, r.law)),
		may("purposes", each(r, &n.Purposes, r.purpose)),
		may("prohibited_purposes", each(r, &n.ProhibitedPurposes, r.prohibited)),
		may("groups", each(r, &n.Groups, r.group)),
		may("retired_fields", each(r, &n.Retired, r.retired)),
		may("recipients", each(r, &n.Recipients, r.recipient)),
		may("transfers", optional(&n.Transfers, r.transfers)),
		may("measures", each(r, &n.Measures, r.measure)),
		may("manual_material", optional(&n.Manual, r.manual)),
		may("automated_decisions", optional(&n.Automated, r.automated)),
		may("rights", each(r, &n.Rights, r.right)),
		may("answer", optional(&n.Answer, r.answer)),
		may("access", each(r, &n.Access, r.rule)),
		may("published", each(r, &n.Published, r.text)),
		may("open_points", each(r, &n.OpenPoints, r.openPoint)),
	)
}

func (r *reader) party(p *Party) read {
	return func(v value) {
		r.mapping(v, may("id", r.id(&p.ID)), must("name", r.text(&p.Name)), may("address", r.literal(&p.Address)),
			may("phone", r.str(&p.Phone)), may("email", r.str(&p.Email)), may("web", r.str(&p.Web)), may("duties", r.text(&p.Duties)))
	}
}

func (r *reader) law(l *Law) read {
	return func(v value) {
		r.mapping(v, must("id", r.id(&l.ID)), must("cite", r.str(&l.Cite)), may("sections", r.str(&l.Sections)),
			may("articles", r.str(&l.Articles)), must("name", r.text(&l.Name)))
	}
}

func (r *reader) purpose(p *Purpose) read {
	return func(v value) {
		r.mapping(v, must("id", r.id(&p.ID)), may("basis", r.str(&p.Basis)), may("law", r.ids(&p.Law)),
			must("dpv", r.str(&p.DPV)), must("name", r.text(&p.Name)), may("about", r.text(&p.About)))
	}
}

func (r *reader) prohibited(p *Prohibited) read {
	return func(v value) {
		r.mapping(v, must("id", r.id(&p.ID)), must("dpv", r.str(&p.DPV)), must("name", r.text(&p.Name)))
	}
}

func (r *reader) group(g *Group) read {
	return func(v value) {
		r.mapping(v, must("id", r.id(&g.ID)), must("name", r.text(&g.Name)), may("fields", each(r, &g.Fields, r.field)),
			may("keep", func(v value) { r.keep(&g.Keep)(v) }), may("holds", each(r, &g.Holds, r.hold)))
	}
}

func (r *reader) field(f *Field) read {
	return func(v value) {
		r.mapping(v,
			must("no", r.whole(math.MaxUint16, func(x uint64) { f.No = uint16(x) })),
			must("id", r.id(&f.ID)),
			must("type", one(r, &f.Type, TypeText, TypeString, TypeEmail, TypePhone, TypeLanguage, TypeDuration, TypeInstant, TypeEnum, TypeIdentifier, TypeSecret, TypeFile)),
			must("required", r.boolean(&f.Required)),
			must("dpv", r.str(&f.DPV)),
			must("source", each(r, &f.Source, func(s *Source) read { return one(r, s, FromSubject, FromStaff, FromProgram, FromAuthority) })),
			must("collected", one(r, &f.Collected, AtStart, DuringUse, AtEnd, WhenOrdered)),
			may("values", r.strs(&f.Values)),
			must("name", r.text(&f.Name)),
			may("about", r.text(&f.About)),
		)
	}
}

func (r *reader) retired(f *RetiredField) read {
	return func(v value) {
		r.mapping(v, must("no", r.whole(math.MaxUint16, func(x uint64) { f.No = uint16(x) })), must("id", r.id(&f.ID)))
	}
}

func (r *reader) keep(k *Keep) read {
	return func(v value) {
		r.mapping(v, may("for", r.period(&k.For)), must("bound", one(r, &k.Bound, AtMost, AtLeast)),
			must("from", one(r, &k.From, Events()...)), may("until", one(r, &k.Until, Events()...)), may("law", r.ids(&k.Law)))
	}
}

func (r *reader) hold(h *Hold) read {
	return func(v value) {
		r.mapping(v, must("id", r.id(&h.ID)), may("for", r.period(&h.For)), must("from", one(r, &h.From, Events()...)),
			may("law", r.ids(&h.Law)), must("name", r.text(&h.Name)))
	}
}

func (r *reader) recipient(p *Recipient) read {
	return func(v value) {
		r.mapping(v,
			must("id", r.id(&p.ID)),
			must("kind", one(r, &p.Kind, Processor, OtherAuthority, ThirdParty, SubjectSelf, JointRecipient)),
			must("country", r.form(&p.Country, countryForm, "a country's two letters, like FI")),
			must("name", r.text(&p.Name)),
			may("groups", r.ids(&p.Groups)),
			may("fields", r.ids(&p.Fields)),
			may("one_of", r.ids(&p.OneOf)),
			may("law", r.ids(&p.Law)),
			must("when", r.text(&p.When)),
		)
	}
}

func (r *reader) transfers(t *Transfers) read {
	return func(v value) {
		r.mapping(v, must("outside_eea", r.boolean(&t.OutsideEEA)), may("to", each(r, &t.To, r.transfer)))
	}
}

func (r *reader) transfer(t *Transfer) read {
	return func(v value) {
		r.mapping(v, must("country", r.form(&t.Country, countryForm, "a country's two letters, like NO")),
			must("recipient", r.id(&t.Recipient)), may("safeguard", r.str(&t.Safeguard)))
	}
}

func (r *reader) measure(m *Measure) read {
	return func(v value) {
		r.mapping(v, must("kind", one(r, &m.Kind, Technical, Organisational, Physical)), must("dpv", r.str(&m.DPV)), must("name", r.text(&m.Name)))
	}
}

func (r *reader) manual(m *Manual) read {
	return func(v value) {
		r.mapping(v, must("exists", one(r, &m.Exists, "no", "in_clarification", "yes")), may("about", r.text(&m.About)), may("printing", optional(&m.Printing, r.printing)))
	}
}

func (r *reader) printing(p *Printing) read {
	return func(v value) {
		r.mapping(v, must("purposes", r.ids(&p.Purposes)), must("within", r.period(&p.Within)), must("log", r.id(&p.Log)))
	}
}

func (r *reader) automated(a *Automated) read {
	return func(v value) {
		r.mapping(v, must("decisions", r.boolean(&a.Decisions)), must("profiling", r.boolean(&a.Profiling)), may("about", r.text(&a.About)))
	}
}

func (r *reader) right(x *Right) read {
	return func(v value) {
		r.mapping(v,
			must("right", one(r, &x.Right, rightsOfSubject...)),
			must("granted", one(r, &x.Granted, Yes, No, Conditional)),
			may("route", r.id(&x.Route)),
			may("written", r.boolean(&x.Written)),
			may("must_specify", each(r, &x.MustSpecify, func(s *string) read { return one(r, s, specifics...) })),
			may("ground", r.str(&x.Ground)),
			may("law", r.ids(&x.Law)),
			may("about", r.text(&x.About)),
		)
	}
}

func (r *reader) answer(a *Answer) read {
	return func(v value) {
		r.mapping(v, must("within", r.period(&a.Within)), may("extend", r.period(&a.Extend)), may("reasons", r.boolean(&a.Reasons)))
	}
}

func (r *reader) rule(x *Rule) read {
	return func(v value) {
		r.mapping(v, must("role", one(r, &x.Role, Roles()...)), must("groups", r.ids(&x.Groups)), must("purposes", r.ids(&x.Purposes)),
			must("relation", one(r, &x.Relation, Assigned, Own, Sampled, Any)), may("reason", r.boolean(&x.Reason)))
	}
}

func (r *reader) openPoint(o *OpenPoint) read {
	return func(v value) {
		r.mapping(v, must("id", r.id(&o.ID)), may("answers", r.strs(&o.Answers)), must("text", r.text(&o.Text)))
	}
}
