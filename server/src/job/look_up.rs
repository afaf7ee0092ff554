//! Questions of one kind to the record, answered as many at a time as wait: a statement costs a hand-over
//! to the database and back, which is most of what reading a row costs.

use std::collections::HashMap;
use std::hash::Hash;

use super::all_or_each::all_or_each;
use super::together::Together;
use crate::store::StoreError;

/// Keys in one statement.
const MOST: usize = 64;

/// Keys that may wait: as many verifications in full may run, operators' included.
const ROOM: usize = 512;

/// Values by their keys, on record.
#[derive(Debug)]
pub(super) struct LookUp<K, V>(Together<K, Result<Option<V>, StoreError>>);

impl<K, V> Default for LookUp<K, V>
where
    K: Send + 'static,
    V: Send + 'static,
{
    fn default() -> Self {
        Self(Together::with_room_for(ROOM))
    }
}

impl<K, V> LookUp<K, V>
where
    K: Copy + Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    /// The value of this key, if there is one: as it is on record after this was asked.
    pub(super) async fn ask(&self, key: K) -> Result<Option<V>, StoreError> {
        self.0.ask(key).await?
    }

    /// Answers what waits with `read`, for as long as the process runs.
    pub(super) async fn run<R, F>(&self, read: R)
    where
        R: Fn(Vec<K>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<HashMap<K, V>, StoreError>> + Send + 'static,
    {
        self.0.run(MOST, |keys| answer(keys, read.clone())).await;
    }
}

/// What is on record of each.
async fn answer<K, V, R, F>(keys: Vec<K>, read: R) -> Vec<Result<Option<V>, StoreError>>
where
    K: Copy + Eq + Hash + Send + Sync,
    V: Clone + Send,
    R: Fn(Vec<K>) -> F + Send + Sync,
    F: Future<Output = Result<HashMap<K, V>, StoreError>> + Send,
{
    all_or_each("rows", keys, |keys| {
        let found = read(keys.clone());
        async move {
            let found = found.await?;
            Ok(keys.iter().map(|key| found.get(key).cloned()).collect())
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The double of each key, but for 0, which is none, and 7, which spoils whatever it is read with.
    async fn read(keys: Vec<u32>) -> Result<HashMap<u32, u32>, StoreError> {
        if keys.contains(&7) {
            return Err(StoreError::inconsistent("numbers", "double", 7));
        }
        Ok(keys.into_iter().filter(|key| *key > 0).map(|key| (key, 2 * key)).collect())
    }

    #[tokio::test]
    async fn what_is_wrong_with_one_is_no_other_ones_fault() {
        let told = |answers: Vec<Result<Option<u32>, StoreError>>| -> Vec<Option<Option<u32>>> {
            answers.into_iter().map(Result::ok).collect()
        };
        assert_eq!(
            told(answer(vec![1, 0, 1], read).await),
            [Some(Some(2)), Some(None), Some(Some(2))]
        );
        assert_eq!(told(answer(vec![3, 7, 0], read).await), [Some(Some(6)), None, Some(None)]);
        assert_eq!(told(answer(vec![7], read).await), [None]);
    }

    #[tokio::test]
    async fn whoever_asks_is_answered() {
        let doubles = std::sync::Arc::new(LookUp::<u32, u32>::default());
        let running = tokio::spawn({
            let doubles = std::sync::Arc::clone(&doubles);
            async move { doubles.run(read).await }
        });
        assert_eq!(doubles.ask(5).await.unwrap(), Some(10));
        assert_eq!(doubles.ask(0).await.unwrap(), None);
        assert!(doubles.ask(7).await.is_err());
        running.abort();
    }
}
