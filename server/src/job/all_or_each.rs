//! Work on many at a time, which is done for each by itself if it fails for all: what is wrong with one
//! of them is no other one's fault.

use futures_util::future::join_all;

use crate::store::StoreError;

/// What came of each of `all`, in their order. `work` gives as many answers as it is given things, or
/// says that it did nothing; `what` they are stands in the log then.
pub(super) async fn all_or_each<T, A, F>(
    what: &'static str,
    all: Vec<T>,
    work: impl Fn(Vec<T>) -> F,
) -> Vec<Result<A, StoreError>>
where
    T: Clone,
    F: Future<Output = Result<Vec<A>, StoreError>>,
{
    match work(all.clone()).await {
        Ok(answers) => answers.into_iter().map(Ok).collect(),
        Err(error) if all.len() == 1 => vec![Err(error)],
        Err(error) => {
            tracing::error!(%error, what, number = all.len(), "could not be done together");
            let alone = |one| {
                let done = work(vec![one]);
                async move { done.await.and_then(only) }
            };
            join_all(all.into_iter().map(alone)).await
        }
    }
}

/// The only answer.
fn only<A>(mut answers: Vec<A>) -> Result<A, StoreError> {
    answers.pop().ok_or(StoreError::Database(sqlx::Error::WorkerCrashed))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The double of each, but 7 spoils whatever it is among.
    async fn doubles(all: Vec<u32>) -> Result<Vec<u32>, StoreError> {
        if all.contains(&7) {
            return Err(StoreError::inconsistent("numbers", "double", 7));
        }
        Ok(all.into_iter().map(|one| 2 * one).collect())
    }

    #[tokio::test]
    async fn what_is_wrong_with_one_is_no_other_ones_fault() {
        let told = async |all: Vec<u32>| -> Vec<Option<u32>> {
            all_or_each("numbers", all, doubles).await.into_iter().map(Result::ok).collect()
        };
        assert_eq!(told(vec![]).await, []);
        assert_eq!(told(vec![1, 2, 1]).await, [Some(2), Some(4), Some(2)]);
        assert_eq!(told(vec![3, 7, 1]).await, [Some(6), None, Some(2)]);
        assert_eq!(told(vec![7]).await, [None]);
    }
}
