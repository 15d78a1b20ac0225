package service

import "luukku/fault"

// Minute reads "09:30" or "24:00" as minutes from local midnight.
func Minute(clock string) (int, error) {
	bad := fault.New(fault.Invalid, "time-of-day")
	if len(clock) != 5 || clock[2] != ':' {
		return 0, bad
	}
	for _, i := range []int{0, 1, 3, 4} {
		if clock[i] < '0' || clock[i] > '9' {
			return 0, bad
		}
	}
	hour, minute := int(clock[0]-'0')*10+int(clock[1]-'0'), int(clock[3]-'0')*10+int(clock[4]-'0')
	if total := hour*60 + minute; minute < 60 && total <= 24*60 {
		return total, nil
	}
	return 0, bad
}

// Clock writes minutes from local midnight as "09:30".
func Clock(minute int) string {
	return string([]byte{byte('0' + minute/600), byte('0' + minute/60%10), ':', byte('0' + minute%60/10), byte('0' + minute%10)})
}
