"""The words of the field: errors, eras, ages, codes, quantities as written, provenance, schemas."""
