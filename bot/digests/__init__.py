"""Stories -> Digest: when a digest is due, which stories it tells, in what order, and how it is worded. Pure."""
