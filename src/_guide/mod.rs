//! The guide, in chapters.
