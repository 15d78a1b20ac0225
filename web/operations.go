package web

// operations joins every operation to its route, in the order of routes.go.
func (s *Server) operations(r *register) {
	s.chatOperations(r)
	s.staffOperations(r)
	s.deskOperations(r)
	s.passOperations(r)
	s.leadOperations(r)
	s.serviceOperations(r)
	s.answerOperations(r)
	s.settingOperations(r)
	s.printOperations(r)
	s.reviewOperations(r)
	s.officeOperations(r)
	s.rightsOperations(r)
	s.adminOperations(r)
	s.adminServiceOperations(r)
	s.mailOperations(r)
	s.directorySettings(r)
	s.directoryOperations(r)
	s.setupOperations(r)
}
