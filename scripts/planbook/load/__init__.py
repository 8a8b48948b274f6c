"""The only reader of the data folder: files in, validated models and frames out."""
