//! HTTP, jobs, commands, queries, storage, sign-in.
