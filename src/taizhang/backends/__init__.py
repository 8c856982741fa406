"""What executes or keeps outside the database: the search index, files, packs on disk."""
