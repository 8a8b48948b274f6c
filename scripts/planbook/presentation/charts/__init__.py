"""Chart builders: a labelled, tidy frame in, an Altair chart out; nothing is computed here."""
