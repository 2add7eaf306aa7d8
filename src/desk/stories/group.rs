//! Drawing stories: average linkage over the few reports of a small circle. The two groups that are most alike on the
//! average of all their pairs become one, until no two are alike enough. So one close pair does not chain two events.

/// Groups `count` reports by how alike they are; `like` is a multiple of what is needed. Groups and their members come
/// in order.
pub(super) fn draw(count: usize, like: impl Fn(usize, usize) -> f32) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = (0..count).map(|one| vec![one]).collect();
    // The sums over all pairs of two groups; `sums[i][j]` with j < i.
    let mut sums: Vec<Vec<f32>> =
        (0..count).map(|i| (0..i).map(|j| like(j, i)).collect()).collect();
    loop {
        let mut best: Option<(f32, usize, usize)> = None;
        for i in 0..groups.len() {
            for j in 0..i {
                let mean = sums[i][j] / (groups[i].len() * groups[j].len()) as f32;
                if mean >= 1.0 && best.is_none_or(|(most, ..)| mean > most) {
                    best = Some((mean, j, i));
                }
            }
        }
        let Some((_, into, from)) = best else { return groups };
        let gone = groups.remove(from);
        groups[into].extend(gone);
        groups[into].sort_unstable();
        let row = sums.remove(from);
        let column: Vec<f32> = sums[from..].iter_mut().map(|sums| sums.remove(from)).collect();
        for (other, moved) in row.into_iter().chain(column).enumerate() {
            match other.cmp(&into) {
                std::cmp::Ordering::Less => sums[into][other] += moved,
                std::cmp::Ordering::Greater => sums[other][into] += moved,
                std::cmp::Ordering::Equal => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::draw;

    fn check(pairs: &[(usize, usize, f32)], count: usize, expect: &[&[usize]]) {
        let like = |a: usize, b: usize| {
            pairs.iter().find(|(x, y, _)| (*x, *y) == (a, b)).map_or(0.0, |(.., like)| *like)
        };
        assert_eq!(draw(count, like), expect);
    }

    #[test]
    fn what_is_alike_on_the_average_is_one_group() {
        check(&[], 2, &[&[0], &[1]]);
        check(&[(0, 2, 1.2)], 3, &[&[0, 2], &[1]]);
        // 1 is like 0 and 2; but 0 and 2 are nothing alike, so that no chain is made.
        check(&[(0, 1, 1.5), (1, 2, 1.4)], 3, &[&[0, 1], &[2]]);
        check(&[(0, 1, 1.5), (1, 2, 1.4), (0, 2, 0.7)], 3, &[&[0, 1, 2]]);
        // What must not meet weighs against all that would bring it together.
        check(&[(0, 1, 4.0), (1, 2, 4.0), (0, 2, -16.0)], 3, &[&[0, 1], &[2]]);
        check(&[(0, 3, 2.0), (1, 2, 2.0), (1, 4, 1.5), (2, 4, 1.0)], 5, &[&[0, 3], &[1, 2, 4]]);
    }
}
