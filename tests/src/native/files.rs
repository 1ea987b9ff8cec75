//! R2's stand-in in memory, with R2's rule about the size of parts.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};

use async_trait::async_trait;
use shared::http::ByteStream;
use shared::limits::PART_BYTES;
use shared::platform::{FileInfo, Files, FilesError, StoredPart};

/// Files in memory.
#[derive(Default)]
pub struct MemoryFiles {
    /// Whether small files are refused, as by a storage that is away.
    pub refuses: Cell<bool>,
    files: RefCell<BTreeMap<String, Vec<u8>>>,
    uploads: RefCell<HashMap<String, BTreeMap<u16, Vec<u8>>>>,
}

impl MemoryFiles {
    /// Every key, in order.
    pub fn keys(&self) -> Vec<String> {
        self.files.borrow().keys().cloned().collect()
    }

    /// The bytes of a file.
    pub fn bytes(&self, key: &str) -> Option<Vec<u8>> {
        self.files.borrow().get(key).cloned()
    }

    /// Uploads that were neither completed nor given up.
    pub fn unfinished(&self) -> usize {
        self.uploads.borrow().len()
    }

    /// Bytes of their parts.
    pub fn unfinished_bytes(&self) -> usize {
        self.uploads.borrow().values().flat_map(BTreeMap::values).map(Vec::len).sum()
    }
}

#[async_trait(?Send)]
impl Files for MemoryFiles {
    async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<(), FilesError> {
        if self.refuses.get() {
            return Err(FilesError("away".to_owned()));
        }
        self.files.borrow_mut().insert(key.to_owned(), bytes);
        Ok(())
    }

    async fn get(&self, key: &str, range: Option<(u64, u64)>) -> Result<Option<(FileInfo, ByteStream)>, FilesError> {
        let Some(bytes) = self.bytes(key) else { return Ok(None) };
        let size = bytes.len() as u64;
        let part = match range {
            Some((offset, length)) => {
                let start = usize::try_from(offset.min(size)).unwrap_or(0);
                let end = usize::try_from((offset + length).min(size)).unwrap_or(0);
                bytes[start..end].to_vec()
            }
            None => bytes,
        };
        let chunks: Vec<_> = part.chunks(64 * 1024).map(|chunk| Ok(chunk.to_vec())).collect();
        Ok(Some((FileInfo { size }, Box::pin(futures::stream::iter(chunks)))))
    }

    async fn delete(&self, key: &str) -> Result<(), FilesError> {
        self.files.borrow_mut().remove(key);
        Ok(())
    }

    async fn begin(&self, key: &str) -> Result<String, FilesError> {
        let name = format!("{key}#{}", self.uploads.borrow().len());
        self.uploads.borrow_mut().insert(name.clone(), BTreeMap::new());
        Ok(name)
    }

    async fn put_part(&self, _key: &str, upload: &str, number: u16, bytes: Vec<u8>) -> Result<StoredPart, FilesError> {
        let size = bytes.len() as u64;
        let mut uploads = self.uploads.borrow_mut();
        let parts = uploads.get_mut(upload).ok_or_else(|| FilesError("no such upload".to_owned()))?;
        parts.insert(number, bytes);
        Ok(StoredPart { number, etag: format!("etag-{number}"), size })
    }

    async fn complete(&self, key: &str, upload: &str, parts: &[StoredPart]) -> Result<(), FilesError> {
        let stored = self.uploads.borrow_mut().remove(upload).ok_or_else(|| FilesError("no such upload".to_owned()))?;
        let mut whole = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let bytes = stored.get(&part.number).ok_or_else(|| FilesError("no such part".to_owned()))?;
            if index + 1 < parts.len() && bytes.len() < PART_BYTES {
                return Err(FilesError("a part is smaller than R2 allows".to_owned()));
            }
            whole.extend_from_slice(bytes);
        }
        self.files.borrow_mut().insert(key.to_owned(), whole);
        Ok(())
    }

    async fn abort(&self, _key: &str, upload: &str) -> Result<(), FilesError> {
        self.uploads.borrow_mut().remove(upload);
        Ok(())
    }
}
