package api

// Requests returns how many requests the organisation may send in a day, and how many are left of this one, on this node.
func (s *Server) Requests() (most, left int64) { return s.usage.most, s.usage.remaining() }
