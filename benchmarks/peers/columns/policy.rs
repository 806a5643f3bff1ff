// `benchmark-steady` as one pass over the columns, with nothing but the standard library: the bound on one core.
const H: i64 = 3_600_000_000;
const DAY: i64 = 24 * H;

// Rows of `due` and `status`: the provisions in their order. Types of events: their places in words.TYPES.
#[no_mangle]
pub unsafe extern "C" fn judge(
    n: usize, as_of: *const i64, severity: *const i8, channel: *const i8, reach: *const i64, vital: *const u8,
    agency: *const u8, rumour: *const u8, report: *const u8, offsets: *const i64, types: *const i8, at: *const i64,
    fifth: *const i64, epoch: i64, due: *mut i64, status: *mut i8,
) {
    for i in 0..n {
        let now = *as_of.add(i);
        let (begin, mut end) = (*offsets.add(i) as usize, *offsets.add(i + 1) as usize);
        let (mut detected, mut graded) = (0i64, 0i64);
        let mut done = [0i64; 16];
        for j in begin..end {
            let moment = *at.add(j);
            if moment > now {
                end = j;
                break;
            }
            let kind = (*types.add(j) & 15) as usize;
            match kind {
                0 => if detected == 0 { detected = moment },
                4 => if graded == 0 { graded = moment },
                1 | 2 | 3 | 12 | 13 => if detected != 0 && done[kind] == 0 { done[kind] = moment },
                8 | 15 => {}
                _ => if graded != 0 && done[kind] == 0 { done[kind] = moment },
            }
        }
        let missed = std::cell::Cell::new(i64::MAX);
        let put = |row: usize, on: bool, limit: i64, late: i64, act: i64| {
            let found: i8 = if !on { -1 }
                else if act != 0 { if act < late { 1 } else { 2 } }
                else if now < late { 0 } else { 3 };
            if found >= 2 && limit < missed.get() { missed.set(limit) }
            *due.add(row * n + i) = if on { limit } else { -1 };
            *status.add(row * n + i) = found;
        };
        let hours = |row: usize, on: bool, anchor: i64, hours: i64, act: i64| {
            let limit = anchor + hours * H;
            put(row, on, limit, limit + 1, act)
        };
        let has = detected != 0;
        let grave = graded != 0 && *severity.add(i) >= 2;
        let wide = *reach.add(i) >= 100_000 || *channel.add(i) >= 4 || *vital.add(i) != 0;
        hours(0, has, detected, 1, done[1]);
        hours(1, has, detected, 1, done[2]);
        hours(2, has && wide, detected, 4, done[3]);
        hours(3, grave, graded, 1, done[5]);
        hours(4, grave, graded, 24, done[6]);
        hours(5, grave, graded, 2, done[7]);
        *due.add(6 * n + i) = if grave { 0 } else { -1 };
        *status.add(6 * n + i) = if !grave { -1 } else if done[14] != 0 { 4 } else { 0 };
        hours(7, graded != 0 && *severity.add(i) < 2, graded, 48, done[9]);
        let limit = graded + 24 * H;
        let released = done[11];
        let (limit, late) = if released != 0 && released <= limit { (released, released) } else { (limit, limit + 1) };
        put(8, graded != 0 && *agency.add(i) != 0, limit, late, done[10]);
        hours(9, has && *rumour.add(i) != 0, detected, 24, done[12]);
        let on = has && *report.add(i) != 0;
        let limit = if on { *fifth.add(((detected - epoch) / DAY) as usize) } else { 0 };
        put(10, on, limit, limit, done[13]);
        let first = missed.get();
        let mut notice = 0;
        if first != i64::MAX {
            for j in begin..end {
                if *types.add(j) == 15 && *at.add(j) >= first {
                    notice = *at.add(j);
                    break;
                }
            }
        }
        hours(11, first != i64::MAX, if first != i64::MAX { first } else { 0 }, 24, notice);
    }
}
